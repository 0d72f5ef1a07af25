package org.spillway.control;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.spillway.route.Health;
import org.spillway.route.Pin;
import org.spillway.route.Site;
import org.spillway.route.SiteBoard;
import org.spillway.route.SiteName;

/** Two sites: onprem is down, cloud is up. */
public final class FakeSites implements SiteBoard {
  /** Pins in force. */
  public final Map<SiteName, Pin> pins = new TreeMap<>();

  private final Instant now;

  FakeSites(Instant now) {
    this.now = now;
  }

  @Override
  public List<SiteStatus> statuses() {
    Health up = new Health.Up(now.minusSeconds(86_400 * 3), "3 good probes");
    Health down = new Health.Down(now.minusSeconds(130), "5 failures in a row: refused");
    return List.of(
        status("cloud", Site.Kind.RELAY, up, "cloud.example.com:587"),
        status("onprem", Site.Kind.SMTP, down, "192.0.2.25:25"));
  }

  private SiteStatus status(String name, Site.Kind kind, Health health, String host) {
    SiteName site = new SiteName(name);
    return new SiteStatus(
        site, kind, health, Optional.ofNullable(pins.get(site)), Map.of(host, health), "250 2.0.0");
  }

  @Override
  public void pin(SiteName site, Pin pin) {
    pins.put(site, pin);
  }

  @Override
  public boolean unpin(SiteName site) {
    return Optional.ofNullable(pins.remove(site)).isPresent();
  }
}
