package org.spillway.dns;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.TLSARecord;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/**
 * How records of one type become values.
 *
 * @param kind the class of the records; others are left out
 * @param order how the values are handed on
 */
record Reading<R extends Record, T>(
    int type, Class<R> kind, Function<R, T> value, UnaryOperator<List<T>> order) {

  static final Reading<MXRecord, Dns.Mx> MX =
      new Reading<>(Type.MX, MXRecord.class, Reading::mx, Reading::byPreference);
  static final Reading<ARecord, InetAddress> A = of(Type.A, ARecord.class, ARecord::getAddress);
  static final Reading<AAAARecord, InetAddress> AAAA =
      of(Type.AAAA, AAAARecord.class, AAAARecord::getAddress);
  static final Reading<TLSARecord, Dns.Tlsa> TLSA = of(Type.TLSA, TLSARecord.class, Reading::tlsa);
  static final Reading<TXTRecord, String> TXT = of(Type.TXT, TXTRecord.class, Reading::joined);
  static final Reading<PTRRecord, String> PTR =
      of(Type.PTR, PTRRecord.class, r -> text(r.getTarget()));
  static final Reading<CNAMERecord, String> CNAME =
      of(Type.CNAME, CNAMERecord.class, r -> text(r.getTarget()));

  private static <R extends Record, T> Reading<R, T> of(
      int type, Class<R> kind, Function<R, T> value) {
    return new Reading<>(type, kind, value, UnaryOperator.identity());
  }

  List<T> values(List<Record> records) {
    return order.apply(
        records.stream().filter(kind::isInstance).map(kind::cast).map(value).toList());
  }

  private static List<Dns.Mx> byPreference(List<Dns.Mx> records) {
    return records.stream().sorted(Comparator.comparingInt(Dns.Mx::preference)).toList();
  }

  private static Dns.Mx mx(MXRecord mx) { // RFC 7505 §3: "." is no host
    return new Dns.Mx(
        mx.getPriority(), mx.getTarget().equals(Name.root) ? "" : text(mx.getTarget()));
  }

  private static String text(Name name) {
    return name.toString(true);
  }

  private static Dns.Tlsa tlsa(TLSARecord r) {
    return new Dns.Tlsa(
        r.getCertificateUsage(),
        r.getSelector(),
        r.getMatchingType(),
        HexFormat.of().formatHex(r.getCertificateAssociationData()));
  }

  /** RFC 7208 §3.3, RFC 6376 §3.6.2.2: the strings of one record are joined without a space. */
  private static String joined(TXTRecord txt) {
    StringBuilder text = new StringBuilder();
    for (byte[] part : txt.getStringsAsByteArrays()) {
      text.append(new String(part, StandardCharsets.ISO_8859_1));
    }
    return text.toString();
  }
}
