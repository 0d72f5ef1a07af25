package org.spillway.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.spillway.testing.Peers;

/** What a Postfix needs to play a cloud relay: STARTTLS, and mail only after AUTH. */
final class CloudRelay {

  static final String USER = "spillway";
  static final String PASSWORD = "not-a-secret-at-all";

  private CloudRelay() {}

  /** A Postfix that is not started yet; {@code certificate} is for localhost. */
  static PostfixServer in(Path home, Certificate certificate) throws IOException {
    return new PostfixServer(
        home,
        List.of(
            "smtpd_sasl_auth_enable = yes",
            "smtpd_sasl_type = dovecot",
            "smtpd_sasl_path = " + socket(home),
            "smtpd_tls_security_level = may",
            "smtpd_tls_auth_only = yes",
            "smtpd_tls_cert_file = " + certificate.chain(),
            "smtpd_tls_key_file = " + certificate.key(),
            "smtpd_relay_restrictions = permit_sasl_authenticated, reject"));
  }

  /** Starts the Dovecot that knows the relay's one account; it is to run before the Postfix. */
  static Closing accounts(Path home) throws IOException, InterruptedException {
    Path dovecot = Peers.require("dovecot");
    Path config =
        Files.writeString(
            home.resolve("dovecot.conf"),
            """
            base_dir = %1$s/run
            state_dir = %1$s/run
            log_path = %1$s/dovecot.log
            protocols =
            ssl = no
            auth_mechanisms = plain login
            passdb {
              driver = static
              args = user=%2$s password=%3$s
            }
            userdb {
              driver = static
              args = uid=nobody gid=nogroup home=%1$s allow_all_users=yes
            }
            service auth {
              unix_listener %4$s {
                mode = 0666
              }
            }
            """
                .formatted(home, USER, PASSWORD, socket(home)));
    Command.of(dovecot, "-c", config).must();
    return () -> Command.of(dovecot, "-c", config, "stop").must();
  }

  private static Path socket(Path home) {
    return home.resolve("auth.socket");
  }
}
