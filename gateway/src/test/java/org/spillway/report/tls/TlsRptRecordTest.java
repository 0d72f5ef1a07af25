package org.spillway.report.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.spillway.mail.Domain;
import org.spillway.testing.FakeDns;
import org.spillway.testing.Peers;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** RFC 8460 §3, its examples, and the public suite of 20 cases. */
class TlsRptRecordTest {
  static Stream<JsonNode> cases() {
    Path file = Peers.requireSuites().resolve("tls/tlsrpt-record-syntax.json");
    return new JsonMapper().readTree(file.toFile()).valueStream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void suite(JsonNode one) {
    assertThat(TlsRptRecord.parse(one.get("text").stringValue()) instanceof TlsRptRecord.Valid)
        .isEqualTo(one.get("valid").booleanValue());
  }

  private static TlsRptRecord valid(String text) {
    return ((TlsRptRecord.Valid) TlsRptRecord.parse(text)).record();
  }

  @Test
  void endpoints() {
    assertThat(valid("v=TLSRPTv1;rua=mailto:reports@example.com").rua().getFirst())
        .isInstanceOfSatisfying(
            TlsRptRecord.Mailbox.class,
            box -> assertThat(box.address()).hasToString("reports@example.com"));
    assertThat(valid("v=TLSRPTv1; rua=https://reporting.example.com/v1/tlsrpt").rua())
        .containsExactly(
            new TlsRptRecord.Https(URI.create("https://reporting.example.com/v1/tlsrpt")));
    assertThat(valid("v=TLSRPTv1; rua=ftp://x.test/,mailto:a%2Bb@x.test?subject=c").rua())
        .first()
        .isEqualTo(new TlsRptRecord.Unsupported("ftp://x.test/"));
  }

  @Test
  void lookUp() {
    FakeDns dns =
        new FakeDns()
            .zone(
                """
                _smtp._tls.one.test TXT v=TLSRPTv1; rua=mailto:a@one.test
                _smtp._tls.one.test TXT something else
                _smtp._tls.two.test TXT v=TLSRPTv1; rua=mailto:a@two.test
                _smtp._tls.two.test TXT v=TLSRPTv1; rua=mailto:b@two.test
                _smtp._tls.bad.test TXT v=TLSRPTv1;
                _smtp._tls.slow.test FAIL SERVFAIL
                """);
    assertThat(TlsRptRecord.lookUp(dns, new Domain("one.test")))
        .isInstanceOf(TlsRptRecord.Valid.class);
    assertThat(TlsRptRecord.lookUp(dns, new Domain("two.test")))
        .isInstanceOf(TlsRptRecord.Absent.class);
    assertThat(TlsRptRecord.lookUp(dns, new Domain("none.test")))
        .isInstanceOf(TlsRptRecord.Absent.class);
    assertThat(TlsRptRecord.lookUp(dns, new Domain("bad.test")))
        .isInstanceOf(TlsRptRecord.Invalid.class);
    assertThat(TlsRptRecord.lookUp(dns, new Domain("slow.test")))
        .isInstanceOf(TlsRptRecord.Unanswered.class);
  }
}
