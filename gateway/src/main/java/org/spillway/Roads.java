package org.spillway;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.spillway.deliver.tls.Authorities;
import org.spillway.deliver.tls.HttpsStsSource;
import org.spillway.deliver.tls.Road;
import org.spillway.deliver.tls.StsCache;
import org.spillway.deliver.tls.StsPolicies;
import org.spillway.deliver.tls.TlsReports;
import org.spillway.dns.Dns;

/** The TLS policies of other domains: DANE through the DNS, MTA-STS over HTTPS and kept on disk. */
final class Roads implements AutoCloseable {
  private static final Duration FETCH_LIMIT = Duration.ofSeconds(30);

  private final HttpsStsSource source;
  private final StsPolicies policies;
  private final Road road;

  Roads(Path dataDirectory, Dns dns, TlsReports reports, World world) throws IOException {
    source =
        new HttpsStsSource(Authorities.system().clientContext(), Optional.empty(), FETCH_LIMIT);
    policies =
        new StsPolicies(
            dns,
            source,
            new StsCache(dataDirectory.resolve("mta-sts")),
            world.clock(),
            Thread::startVirtualThread);
    road = Road.guarded(dns, policies::of, reports, world.clock());
  }

  Road road() {
    return road;
  }

  /** Fetches policies again before they run out; blocks. */
  void refresh() {
    policies.refresh();
  }

  @Override
  public void close() {
    source.close();
  }
}
