package org.spillway;

import java.util.List;
import org.spillway.admit.AuthenticationSettings;
import org.spillway.auth.ForgedResults;
import org.spillway.auth.dkim.DkimSettings;
import org.spillway.auth.dkim.PublishedKeys;
import org.spillway.auth.dkim.SignatureEngine;
import org.spillway.auth.dmarc.DmarcSettings;
import org.spillway.auth.message.AuthenticationWatch;
import org.spillway.auth.message.ContentWatch;
import org.spillway.auth.message.MessageAuthenticator;
import org.spillway.auth.spf.SpfSettings;
import org.spillway.config.Settings;
import org.spillway.dns.Dns;

/** Who mail from outside is really from: the methods and what they go by, put together. */
final class Authenticity {
  private final AuthenticationWatch watch;
  private final String host;
  private volatile AuthenticationWatch.Duty duty;

  Authenticity(Settings settings, Dns dns, World world) {
    host = settings.node().name();
    duty = duty(settings.admission().authentication());
    MessageAuthenticator.Settings usual =
        new MessageAuthenticator.Settings(
            SpfSettings.usual(host), DkimSettings.USUAL, DmarcSettings.DEFAULT);
    watch =
        new AuthenticationWatch(
            new MessageAuthenticator(
                MessageAuthenticator.Methods.of(
                    usual,
                    dns,
                    new PublishedKeys(SignatureEngine.fastest()),
                    world.clock(),
                    world.chance()),
                dns),
            () -> duty);
  }

  ContentWatch watch() {
    return watch;
  }

  /** Takes what a reload may change. */
  void follow(AuthenticationSettings settings) {
    duty = duty(settings);
  }

  private AuthenticationWatch.Duty duty(AuthenticationSettings settings) {
    List<String> ours = settings.authservId().map(id -> List.of(id, host)).orElse(List.of(host));
    return new AuthenticationWatch.Duty(
        settings.use() != AuthenticationSettings.Use.OFF, false, new ForgedResults(ours));
  }
}
