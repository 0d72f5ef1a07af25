package org.spillway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.spillway.config.ConfigText.good;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spillway.smtp.mina.ListenerSettings;
import org.spillway.smtp.mina.ListenerSettings.TlsMode;
import org.spillway.smtp.mina.TlsFiles;

/** Listeners, our certificate, accounts, networks. */
final class ListenerChecksTest {
  private static final String PEM = "-----BEGIN %s-----\nAAAA\n-----END %s-----\n";

  @TempDir private Path folder;

  @BeforeEach
  void writeFiles() throws IOException {
    write("cert.pem", PEM.replace("%s", "CERTIFICATE"));
    write("key.pem", PEM.replace("%s", "PRIVATE KEY"));
    write("accounts", "# users\nalice:pbkdf2-sha256:600000:c2FsdA==:aGFzaA==\n");
  }

  private Path write(String name, String text) throws IOException {
    Path file = Files.writeString(folder.resolve(name), text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private ConfigText secure() {
    return good().in(folder).with("tls", "{certificate: cert.pem, key: key.pem}");
  }

  @Test
  void aListenerOffersStarttlsWhenThereIsACertificate() {
    ListenerSettings plain = good().settings().listeners().getFirst();
    ListenerSettings secured = secure().settings().listeners().getFirst();
    assertThat(plain.tls()).isEqualTo(TlsMode.NONE);
    assertThat(secured.tls()).isEqualTo(TlsMode.STARTTLS);
    assertThat(secure().settings().tls())
        .contains(new TlsFiles(folder.resolve("cert.pem"), folder.resolve("key.pem")));
  }

  @Test
  void withoutListenersThereIsOneOnPort25() {
    assertThat(good().without("listeners").settings().listeners())
        .isEqualTo(good().settings().listeners());
  }

  @Test
  void tlsWithoutCertificate() {
    assertThat(good().with("listeners", "{smtp: {port: 25, tls: starttls}}").problems())
        .containsExactly(
            "listeners.smtp.tls is starttls, and there is no certificate; add the section tls with"
                + " certificate and key");
  }

  @Test
  void submissionWithoutTlsOrAccounts() {
    assertThat(good().with("listeners", "{sub: {port: 587, submission: true}}").problems())
        .containsExactlyInAnyOrder(
            "listeners.sub.submission needs TLS, since passwords never cross the network in the"
                + " clear; set tls: starttls or tls: implicit",
            "listeners.sub.submission is true, and there are no accounts; add submission:"
                + " {accounts: FILE}");
    assertThat(
            secure()
                .with("listeners", "{sub: {port: 587, submission: true}}")
                .with("submission", "{accounts: accounts}")
                .warnings())
        .isEmpty();
  }

  @Test
  void accountsThatNobodyUses() {
    assertThat(secure().with("submission", "{accounts: accounts}").warnings())
        .containsExactly("submission.accounts is used by no listener; set submission: true on one");
  }

  @Test
  void badLineOfAccountsIsNotShown() throws IOException {
    write("accounts", "alice:pbkdf2-sha256:600000:c2FsdA==:aGFzaA==\n  bob:plainpassword\n");
    Config.Result result = secure().with("submission", "{accounts: accounts}").result();
    assertThat(((Config.Invalid) result).problems())
        .singleElement()
        .hasToString(
            folder.resolve("accounts")
                + ":2:3: the line is not name:pbkdf2-sha256:iterations:salt:hash; use spillway"
                + " passwd");
  }

  @Test
  void samePortTwice() {
    assertThat(
            good()
                .with(
                    "listeners",
                    "{a: {port: 25}, b: {address: 127.0.0.1, port: 25}, c: {port: 0}, d: {port:"
                        + " 0}}")
                .problems())
        .containsExactly(
            "listeners.b.port is 25, which a listens on; give it another port or address");
  }

  @Test
  void portOutOfRange() {
    assertThat(good().with("listeners", "{a: {port: 65536}}").problems())
        .containsExactly("listeners.a.port is more than 65535; use at most 65535");
    assertThat(good().with("listeners", "{a: {port: -1}}").problems())
        .containsExactly("listeners.a.port is less than 0; use at least 0");
  }

  @Test
  void filesThatAreNotThere() throws IOException {
    Files.delete(folder.resolve("cert.pem"));
    assertThat(secure().problems())
        .containsExactly(
            "tls.certificate names "
                + folder.resolve("cert.pem")
                + ", which does not exist; create it or mend the path");
  }

  @Test
  void missingFilesOnlyWarnElsewhere() {
    Config.Result result =
        Config.parse(
            good().with("tls", "{certificate: /nowhere/c, key: /nowhere/k}").toString(),
            Path.of("spillway.yaml"),
            java.util.Map.of(),
            Config.MissingFiles.WARN);
    assertThat(((Config.Loaded) result).warnings()).hasSize(2);
  }

  @Test
  void keyThatOthersMayRead() throws IOException {
    Files.setPosixFilePermissions(
        folder.resolve("key.pem"), PosixFilePermissions.fromString("rw-r-----"));
    assertThat(secure().warnings())
        .containsExactly(
            "tls.key names " + folder.resolve("key.pem") + ", which others may read; chmod 600 it");
  }

  @Test
  void filesOfTheWrongKind() throws IOException {
    write("cert.pem", "nothing");
    write("key.pem", PEM.replace("%s", "RSA PRIVATE KEY"));
    assertThat(secure().problems())
        .containsExactly(
            "tls.certificate names a file without a certificate; name a PEM file of certificates",
            "tls.key names a private key that is not PKCS#8; convert it with openssl pkcs8 -topk8"
                + " -nocrypt");
    write("key.pem", PEM.replace("%s", "ENCRYPTED PRIVATE KEY"));
    assertThat(secure().problems())
        .contains(
            "tls.key names an encrypted private key; convert it with openssl pkcs8 -topk8"
                + " -nocrypt");
    write("key.pem", "");
    assertThat(secure().problems())
        .contains("tls.key names a file without a private key; name a PEM file with the key");
  }

  @Test
  void openRelay() {
    assertThat(good().with("networks", "[192.0.2.1, \"::/0\"]").problems())
        .containsExactly(
            "networks has 0:0:0:0:0:0:0:0/0, which makes an open relay; name your own networks"
                + " only");
    assertThat(good().with("networks", "[64.0.0.0/2]").warnings())
        .containsExactly(
            "networks has 64.0.0.0/2, which is wider than any site's own; name your own networks"
                + " only");
  }

  @Test
  void networkThatIsNone() {
    assertThat(good().with("networks", "[10.0.0.0/33, example.com]").problems())
        .containsExactly(
            "networks[0] is \"10.0.0.0/33\", which is not a network; write for example 10.0.0.0/8,"
                + " 192.0.2.7 or 2001:db8::/32",
            "networks[1] is \"example.com\", which is not a network; write for example 10.0.0.0/8,"
                + " 192.0.2.7 or 2001:db8::/32");
  }
}
