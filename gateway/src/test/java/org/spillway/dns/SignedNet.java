package org.spillway.dns;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.xbill.DNS.DNSSEC;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** A name server on the loopback with a zone {@code example.} that it signs, and our own proofs. */
public final class SignedNet implements AutoCloseable {
  private final NameServer server = new NameServer();
  private final HandTime time = new HandTime();
  private final Zone root = new Zone(Name.root);
  private final Zone zone = new Zone(Name.fromConstantString("example."));

  /** A zone without records. */
  public SignedNet() throws IOException {}

  /** Adds a record. */
  public SignedNet add(String name, String type, String data) {
    try {
      zone.add(NameServer.record(name, type, data, 300));
      return this;
    } catch (IOException malformed) {
      throw new IllegalStateException(malformed);
    }
  }

  /** Serves it signed for ten days, or without signatures; the resolver proves what it can. */
  public Dns serve(boolean signed) {
    try {
      root.add(new org.xbill.DNS.NSRecord(zone.origin, 1, 300, zone.origin));
      if (signed) {
        root.add(zone.ds());
        zone.sign(HandTime.START, Duration.ofDays(10));
      }
      root.sign(HandTime.START, Duration.ofDays(20));
      server.serve(List.of(root, zone));
    } catch (DNSSEC.DNSSECException broken) {
      throw new IllegalStateException(broken);
    }
    if (!(TrustAnchors.parse(root.key().toString())
        instanceof TrustAnchors.Read.Good(var anchors))) {
      throw new IllegalStateException(root.key().toString());
    }
    DnsSettings settings = DnsSettings.standard(List.of(server.address())).validating(anchors);
    return new DnsJavaResolver(settings, time, time);
  }

  /** Time passes for the resolver: after ten days the signatures of the zone have expired. */
  public void pass(Duration duration) {
    time.pass(duration);
  }

  /** From now on somebody puts that record in place of the zone's own of its name and type. */
  public void tamper(String name, String type, String data) {
    int kind = Type.value(type);
    server.play =
        (_, answer) -> {
          for (Record record : List.copyOf(answer.getSection(Section.ANSWER))) {
            if (record.getType() == kind && !(record instanceof RRSIGRecord)) {
              answer.removeRecord(record, Section.ANSWER);
              answer.addRecord(NameServer.record(name, type, data, 300), Section.ANSWER);
            }
          }
          return List.of(answer.toWire());
        };
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
