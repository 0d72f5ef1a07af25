package org.spillway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.spillway.deliver.tls.TlsFault;
import org.spillway.deliver.tls.TlsReports.Policy;
import org.spillway.deliver.tls.TlsReports.Row;
import org.spillway.dns.Dns;
import org.spillway.mail.Domain;
import org.spillway.report.tls.TlsSession;

/** Every word of the courier is a word of the report. */
final class TlsRowsTest {
  private static final Domain DOMAIN = Domain.parse("example.net").orElseThrow();
  private final List<TlsSession> desk = new ArrayList<>();
  private final TlsRows rows = new TlsRows(desk::add);

  private static Row row(Policy policy, Optional<TlsFault> fault) {
    return new Row(
        Instant.EPOCH,
        DOMAIN,
        policy,
        Optional.of("mx1.example.net"),
        Optional.of(InetAddress.ofLiteral("192.0.2.1")),
        Optional.of(InetAddress.ofLiteral("192.0.2.9")),
        fault);
  }

  @Test
  void eachPolicyKeepsItsText() {
    rows.session(row(new Policy.Sts(List.of("version: STSv1"), List.of("*.a")), Optional.empty()));
    rows.session(row(new Policy.Tlsa(List.of(new Dns.Tlsa(3, 1, 1, "ab"))), Optional.empty()));
    rows.session(row(new Policy.NotFound(), Optional.empty()));
    assertThat(desk)
        .extracting(s -> s.policy().word() + s.strings() + s.mxHosts() + s.failure().isPresent())
        .containsExactly(
            "sts[version: STSv1][*.a]false", "tlsa[3 1 1 ab][]false", "no-policy-found[][]false");
  }

  @Test
  void eachResultTypeHasItsWord() {
    for (TlsFault.ResultType type : TlsFault.ResultType.values()) {
      TlsFault fault = new TlsFault.StsFetch(type, "why");
      rows.session(row(new Policy.NotFound(), Optional.of(fault)));
      TlsSession.Failure failure = desk.getLast().failure().orElseThrow();
      assertThat(failure.type().word()).isEqualTo(type.word());
      assertThat(failure.sendingMtaIp()).isEqualTo("192.0.2.9");
      assertThat(failure.receivingIp()).isEqualTo("192.0.2.1");
      assertThat(failure.reasonCode()).isEqualTo("why");
    }
  }
}
