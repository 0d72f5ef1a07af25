package org.spillway;

import java.io.IOException;
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
  private final Signing signing;
  private final String host;
  private volatile AuthenticationWatch.Duty duty;

  Authenticity(Settings settings, Dns dns, World world) throws IOException {
    SignatureEngine engine = SignatureEngine.fastest();
    signing = new Signing(settings.node().dataDirectory(), engine, world.clock());
    host = settings.node().name();
    duty = duty(settings.admission().authentication());
    MessageAuthenticator.Settings usual =
        new MessageAuthenticator.Settings(
            SpfSettings.usual(host), DkimSettings.USUAL, DmarcSettings.DEFAULT);
    watch =
        new AuthenticationWatch(
            new MessageAuthenticator(
                MessageAuthenticator.Methods.of(
                    usual, dns, new PublishedKeys(engine), world.clock(), world.chance()),
                dns),
            () -> duty);
  }

  ContentWatch watch() {
    return watch;
  }

  Signing signing() {
    return signing;
  }

  /** Reads what a reload may change; nothing changes until what is returned is run. */
  Runnable reading(AuthenticationSettings settings) throws IOException {
    Runnable keys = signing.reading();
    return () -> {
      keys.run();
      duty = duty(settings);
    };
  }

  private AuthenticationWatch.Duty duty(AuthenticationSettings settings) {
    List<String> ours = settings.authservId().map(id -> List.of(id, host)).orElse(List.of(host));
    AuthenticationWatch.Whose whose =
        settings.use() == AuthenticationSettings.Use.OFF
            ? AuthenticationWatch.Whose.NOBODYS
            : settings.ownToo()
                ? AuthenticationWatch.Whose.EVERYBODYS
                : AuthenticationWatch.Whose.STRANGERS;
    return new AuthenticationWatch.Duty(whose, signing.isOn(), new ForgedResults(ours));
  }
}
