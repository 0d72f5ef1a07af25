package org.spillway.dns;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.DNSSEC;
import org.xbill.DNS.DSRecord;
import org.xbill.DNS.Master;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;

/**
 * The keys that DNSSEC proofs start from (RFC 4033 §2).
 *
 * @param records DS records, one a line, as in a zone file
 */
public record TrustAnchors(List<String> records) {
  /** The keys of the root: KSK-2017 and KSK-2024, as IANA publishes them (RFC 9718). */
  public static final TrustAnchors ROOT =
      new TrustAnchors(
          List.of(
              ". 86400 IN DS 20326 8 2"
                  + " E06D44B80B8F1D39A95C0B0D7C65D08458E880409BBC683457104237C7F8EC8D",
              ". 86400 IN DS 38696 8 2"
                  + " 683D2D0ACB8C9B712A1948B27F741219298D0A450D612C483AF444A4C0FB2B16"));

  public TrustAnchors {
    records = List.copyOf(records);
  }

  /** What reading an anchor file gave. */
  public sealed interface Read {
    /** Anchors, at least one. */
    record Good(TrustAnchors anchors) implements Read {}

    /** None, or something that is no anchor. */
    record Bad(String why) implements Read {}
  }

  /** Reads an anchor file: DS and DNSKEY records as in a zone file, comments allowed. */
  public static Read read(Path file) {
    try {
      return parse(Files.readString(file));
    } catch (IOException unreadable) {
      return new Read.Bad("cannot read " + file + ": " + unreadable.getMessage());
    }
  }

  /** Reads DS and DNSKEY records as in a zone file. */
  public static Read parse(String text) {
    List<String> records = new ArrayList<>();
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try (Master zone = new Master(new ByteArrayInputStream(bytes), Name.root, 0)) {
      zone.disableIncludes();
      for (Record record = zone.nextRecord(); record != null; record = zone.nextRecord()) {
        boolean key = record instanceof DSRecord || record instanceof DNSKEYRecord;
        if (!key || record.getDClass() != DClass.IN) {
          return new Read.Bad("only DS and DNSKEY records can be trust anchors: " + record);
        }
        records.add(asDs(record).toString());
      }
    } catch (IOException | RuntimeException odd) {
      return new Read.Bad("no trust anchors: " + odd.getMessage());
    }
    return records.isEmpty()
        ? new Read.Bad("no trust anchors: the file holds none")
        : new Read.Good(new TrustAnchors(records));
  }

  /** RFC 4035 §5: a key may stand for its digest, which is what the proof compares. */
  private static Record asDs(Record record) {
    return record instanceof DNSKEYRecord key
        ? new DSRecord(key.getName(), DClass.IN, key.getTTL(), DNSSEC.Digest.SHA256, key)
        : record;
  }
}
