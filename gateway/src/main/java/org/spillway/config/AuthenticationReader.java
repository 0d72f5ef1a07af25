package org.spillway.config;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.spillway.admit.AuthenticationSettings;
import org.spillway.auth.dmarc.Policy;
import org.spillway.auth.dmarc.PolicyOverride;
import org.spillway.mail.Domain;

/** {@code authentication}. */
final class AuthenticationReader {
  private static final AuthenticationSettings D = AuthenticationSettings.DEFAULT;
  private static final Form<String> AUTHSERV_ID =
      new Form<>(
          "an authserv-id",
          "mail.example.com",
          t -> t.matches("[\\p{L}\\p{N}._-]{1,253}") ? Optional.of(t) : Optional.empty());

  private final Section section;

  AuthenticationReader(Section root) {
    section = root.section("authentication");
  }

  AuthenticationSettings authentication() {
    return new AuthenticationSettings(
        section.choice("use", AuthenticationSettings.Use.class).orElse(D.use()),
        section.flag("own-too", D.ownToo()),
        section.value("authserv-id", AUTHSERV_ID),
        section.choice("on-error", AuthenticationSettings.OnError.class).orElse(D.onError()),
        section.flag("refuse-spf-fail", D.refusesSpfFail()),
        overrides());
  }

  private PolicyOverride.Settings overrides() {
    return new PolicyOverride.Settings(
        section.list("trusted-forwarders", Form.NETWORK),
        domains("trusted-sealers"),
        domains("exempt"),
        section.choice("at-most", Policy.class).orElse(Policy.REJECT));
  }

  private Set<Domain> domains(String key) {
    List<Domain> all = section.list(key, Form.DOMAIN);
    return Set.copyOf(all);
  }
}
