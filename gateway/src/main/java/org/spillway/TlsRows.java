package org.spillway;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.spillway.deliver.tls.TlsFault;
import org.spillway.deliver.tls.TlsReports;
import org.spillway.dns.Dns;
import org.spillway.report.tls.TlsSession;

/** Carries what the courier saw of TLS to the desk that writes reports (RFC 8460 §4). */
final class TlsRows implements TlsReports {
  private final Consumer<TlsSession> desk;

  /**
   * A carrier.
   *
   * @param desk takes sessions, must not block
   */
  TlsRows(Consumer<TlsSession> desk) {
    this.desk = desk;
  }

  @Override
  public void session(Row row) {
    desk.accept(
        switch (row.policy()) {
          case Policy.Sts(List<String> lines, List<String> mx) ->
              session(row, TlsSession.PolicyType.STS, lines, mx);
          case Policy.Tlsa(List<Dns.Tlsa> records) ->
              session(
                  row,
                  TlsSession.PolicyType.TLSA,
                  records.stream().map(TlsRows::text).toList(),
                  List.of());
          case Policy.NotFound _ ->
              session(row, TlsSession.PolicyType.NO_POLICY_FOUND, List.of(), List.of());
        });
  }

  private static TlsSession session(
      Row row, TlsSession.PolicyType type, List<String> lines, List<String> mx) {
    return new TlsSession(row.domain(), type, lines, mx, row.fault().map(f -> failure(row, f)));
  }

  private static TlsSession.Failure failure(Row row, TlsFault fault) {
    return new TlsSession.Failure(
        TlsSession.ResultType.valueOf(fault.type().name()),
        text(row.own()),
        row.host().orElse(""),
        "",
        text(row.address()),
        fault.words());
  }

  private static String text(Optional<InetAddress> address) {
    return address.map(InetAddress::getHostAddress).orElse("");
  }

  /** As a zone writes it (RFC 6698 §2.2). */
  private static String text(Dns.Tlsa record) {
    return String.join(
        " ",
        Integer.toString(record.usage()),
        Integer.toString(record.selector()),
        Integer.toString(record.matching()),
        record.data());
  }
}
