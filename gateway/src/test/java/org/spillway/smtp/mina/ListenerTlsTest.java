package org.spillway.smtp.mina;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spillway.mail.Network;
import org.spillway.smtp.mina.ListenerSettings.TlsMode;

/** TLS and the PROXY protocol at a listener. */
class ListenerTlsTest {
  private static final Network LOOPBACK = Network.parse("127.0.0.0/8").orElseThrow();
  @TempDir private Path folder;

  private Lab lab(TlsMode mode, String algorithm, Network... proxies) throws IOException {
    TlsContext tls = TlsContext.load(TestCertificate.write(folder, algorithm, "one"));
    return new Lab("", mode, Optional.of(tls), proxies);
  }

  @ParameterizedTest
  @CsvSource({"RSA,TLSv1.2", "RSA,TLSv1.3", "EC,TLSv1.2", "EC,TLSv1.3", "Ed25519,TLSv1.3"})
  void everyKindOfKeyAndProtocol(String algorithm, String protocol) throws Exception {
    try (Lab lab = lab(TlsMode.STARTTLS, algorithm);
        Client client = lab.greeted()) {
      assertThat(client.ask("STARTTLS")).startsWith("220 ");
      assertThat(client.tls(protocol).getProtocol()).isEqualTo(protocol);
      assertThat(client.ask("EHLO client.example")).startsWith("250 ");
      for (int i = 0; i < 200; i++) {
        client.send("NOOP\r\n");
      }
      for (int i = 0; i < 200; i++) {
        assertThat(client.reply()).startsWith("250 ");
      }
      assertThat(client.ask("QUIT")).startsWith("221 ");
      assertThat(client.isAtEnd()).isTrue();
    }
  }

  @Test
  void oldProtocolsAreRefused() throws Exception {
    try (Lab lab = lab(TlsMode.STARTTLS, "RSA");
        Client client = lab.greeted()) {
      client.ask("STARTTLS");
      assertThatThrownBy(() -> client.tls("TLSv1.1")).isInstanceOf(IOException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aCommandInOnePieceWithTheEndOfTheHandshake(boolean startTls) throws Exception {
    HeldSocket socket = new HeldSocket();
    try (Lab lab = lab(startTls ? TlsMode.STARTTLS : TlsMode.IMPLICIT, "EC");
        Client client = new Client(lab.listener.port(), socket)) {
      if (startTls) {
        assertThat(client.reply()).startsWith("220 ");
        assertThat(client.ask("STARTTLS")).startsWith("220 ");
      }
      socket.holdAfter(1); // the ClientHello
      client.tls("TLSv1.3");
      client.send("EHLO client.example\r\n");
      socket.release();
      assertThat(client.reply()).startsWith(startTls ? "250 " : "220 ");
    }
  }

  @Test
  void clearBytesBetweenStartTlsAndTheHandshakeAreDropped() throws Exception {
    try (Lab lab = lab(TlsMode.STARTTLS, "EC");
        Client client = lab.greeted()) {
      client.send("EHLO client.example\r\nSTARTTLS\r\nNOOP\r\nMAIL FROM:<evil@x.example>\r\n");
      assertThat(client.reply()).startsWith("250 ");
      assertThat(client.reply()).startsWith("220 ");
      client.tls();
      assertThat(client.ask("RCPT TO:<ann@example.com>")).startsWith("503 ");
      assertThat(client.ask("EHLO client.example")).startsWith("250 ");
    }
  }

  @Test
  void aNewCertificateServesNewHandshakesOnly() throws Exception {
    TlsContext tls = TlsContext.load(TestCertificate.write(folder, "EC", "one"));
    try (Lab lab = new Lab("", TlsMode.IMPLICIT, Optional.of(tls));
        Client before = new Client(lab.listener.port())) {
      assertThat(name(before.tls())).isEqualTo("CN=one");
      assertThat(before.reply()).startsWith("220 ");
      TlsFiles files = TestCertificate.write(folder, "RSA", "two");
      tls.reading(files).run();
      try (Client after = new Client(lab.listener.port())) {
        assertThat(name(after.tls())).isEqualTo("CN=two");
      }
      Files.writeString(files.key(), "no key");
      assertThatThrownBy(() -> tls.reading(files)).hasMessageContaining("PKCS#8");
      try (Client still = new Client(lab.listener.port())) {
        assertThat(name(still.tls())).isEqualTo("CN=two");
      }
      assertThat(before.ask("NOOP")).startsWith("250 ");
    }
  }

  private static String name(SSLSession session) throws IOException {
    return session.getPeerPrincipal().getName();
  }

  @Test
  void proxiedClientsUnderImplicitTls() throws Exception {
    try (Lab lab = lab(TlsMode.IMPLICIT, "EC", LOOPBACK);
        Client client = new Client(lab.listener.port())) {
      client.send("PROXY TCP4 192.0.2.9 127.0.0.1 4000 465\r\n");
      client.tls();
      assertThat(client.reply()).startsWith("220 ");
      assertThat(client.ask("EHLO client.example")).startsWith("250 ");
      client.send("MAIL FROM:<>\r\nRCPT TO:<ann@example.com>\r\nDATA\r\n");
      client.reply();
      client.reply();
      client.reply();
      assertThat(client.ask("Subject: x\r\n\r\n.")).startsWith("250 ");
      assertThat(lab.world.spool.kept.getFirst().text()).contains("([192.0.2.9])", "with ESMTPS");
    }
  }

  @Test
  void proxyVersionTwoAndTheProxyItself() throws Exception {
    try (Lab lab = new Lab("", TlsMode.NONE, Optional.empty(), LOOPBACK);
        Client client = new Client(lab.listener.port());
        Client local = new Client(lab.listener.port())) {
      byte[] two = new byte[28];
      byte[] start = {13, 10, 13, 10, 0, 13, 10, 'Q', 'U', 'I', 'T', 10, 0x21, 0x11, 0, 12};
      System.arraycopy(start, 0, two, 0, 16);
      System.arraycopy(new byte[] {(byte) 192, 0, 2, 9, 127, 0, 0, 1, 0, 9, 0, 25}, 0, two, 16, 12);
      client.send(two);
      assertThat(client.reply()).startsWith("220 ");
      byte[] itself = {13, 10, 13, 10, 0, 13, 10, 'Q', 'U', 'I', 'T', 10, 0x20, 0, 0, 0};
      local.send(itself);
      assertThat(local.reply()).startsWith("220 ");
    }
  }

  @Test
  void aListedProxyMustSpeakProxy() throws Exception {
    try (Lab lab = new Lab("", TlsMode.NONE, Optional.empty(), LOOPBACK);
        Client client = new Client(lab.listener.port())) {
      client.send("EHLO client.example\r\n");
      assertThat(client.isAtEnd()).isTrue();
    }
  }
}
