package org.spillway.dns;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.DNSSEC;
import org.xbill.DNS.DSRecord;
import org.xbill.DNS.NSECRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Type;

/** Records of one zone, signed or not, with NSEC where it is. */
final class Zone {
  static final long TTL = 300;
  final Name origin;
  final TreeMap<Name, List<Record>> names = new TreeMap<>();
  private final KeyPair pair;
  private final DNSKEYRecord key;

  Zone(Name origin) {
    this.origin = origin;
    try {
      KeyPairGenerator keys = KeyPairGenerator.getInstance("EC");
      keys.initialize(256);
      pair = keys.generateKeyPair();
      key =
          new DNSKEYRecord(
              origin, DClass.IN, TTL, 257, 3, DNSSEC.Algorithm.ECDSAP256SHA256, pair.getPublic());
    } catch (NoSuchAlgorithmException | DNSSEC.DNSSECException impossible) {
      throw new IllegalStateException(impossible);
    }
    add(new SOARecord(origin, DClass.IN, TTL, origin, origin, 1, 60, 60, 60, 60));
  }

  void add(Record record) {
    names.computeIfAbsent(record.getName(), _ -> new ArrayList<>()).add(record);
  }

  DNSKEYRecord key() {
    return key;
  }

  /** The record by which a parent vouches for this zone. */
  DSRecord ds() {
    return new DSRecord(origin, DClass.IN, TTL, DNSSEC.Digest.SHA256, key);
  }

  /** Signs all that is in it, from a day before until then. */
  void sign(Instant now, Duration longFor) throws DNSSEC.DNSSECException {
    add(key);
    chain();
    for (List<Record> records : names.values()) {
      List<Integer> types = records.stream().map(Record::getType).distinct().toList();
      for (int type : types) {
        boolean delegation = type == Type.NS && !records.getFirst().getName().equals(origin);
        if (!delegation) {
          RRset set = new RRset();
          records.stream().filter(r -> r.getType() == type).forEach(set::addRR);
          Instant from = now.minus(Duration.ofDays(1));
          records.add(DNSSEC.sign(set, key, pair.getPrivate(), from, now.plus(longFor)));
        }
      }
    }
  }

  private void chain() {
    List<Name> all = List.copyOf(names.keySet());
    for (int i = 0; i < all.size(); i++) {
      Name name = all.get(i);
      Stream<Integer> known = names.get(name).stream().map(Record::getType);
      int[] types =
          Stream.concat(known, Stream.of(Type.RRSIG, Type.NSEC))
              .distinct()
              .sorted()
              .mapToInt(Integer::intValue)
              .toArray();
      Name next = all.get((i + 1) % all.size());
      add(new NSECRecord(name, DClass.IN, 60, next, types));
    }
  }

  /** The records of a type at a name, with their signatures. */
  List<Record> at(Name name, int type) {
    return names.getOrDefault(name, List.of()).stream()
        .filter(r -> r.getType() == type || covers(r, type))
        .toList();
  }

  private static boolean covers(Record record, int type) {
    return record instanceof RRSIGRecord signature && signature.getTypeCovered() == type;
  }

  boolean exists(Name name) {
    return names.keySet().stream().anyMatch(known -> known.subdomain(name));
  }

  /** SOA and, in a signed zone, what proves that a name or a type is not there. */
  List<Record> denial(Name name) {
    List<Record> proof = new ArrayList<>(at(origin, Type.SOA));
    for (Name covered : exists(name) ? List.of(name) : List.of(name, wildcard(name))) {
      Name before = names.floorKey(covered);
      for (Record record : at(before == null ? names.lastKey() : before, Type.NSEC)) {
        if (!proof.contains(record)) {
          proof.add(record);
        }
      }
    }
    return proof;
  }

  /** What a wildcard makes of a name that is not there (RFC 4592 §3.3), with the signature. */
  List<Record> synthesized(Name name, int type) {
    return exists(name)
        ? List.of()
        : at(wildcard(name), type).stream()
            .map(
                r ->
                    Record.newRecord(
                        name, r.getType(), r.getDClass(), r.getTTL(), r.rdataToWireCanonical()))
            .toList();
  }

  private Name wildcard(Name name) {
    Name parent = new Name(name, 1);
    while (!exists(parent)) {
      parent = new Name(parent, 1);
    }
    return Name.fromConstantString(parent.equals(Name.root) ? "*." : "*." + parent);
  }
}
