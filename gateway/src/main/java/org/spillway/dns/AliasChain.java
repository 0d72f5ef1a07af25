package org.spillway.dns;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** One look-up's way along aliases to its records, over one answer or several (RFC 1034 §3.6.2). */
final class AliasChain {
  private static final int MAX_ALIASES = 12;

  private final int type;
  private final Set<Name> seen = new HashSet<>();
  private Name name;
  private long ttl = Long.MAX_VALUE;
  private List<Record> records = List.of();

  AliasChain(Name name, int type) {
    this.name = name;
    this.type = type;
    seen.add(name);
  }

  /** How one answer leaves the look-up. */
  enum Step {
    /** {@link #records} are there. */
    FOUND,
    /** There are none of the type at the last name. */
    NO_DATA,
    /** The last name does not exist (RFC 2308 §2.1). */
    NO_NAME,
    /** The answer ends with an alias: the last name must be asked. */
    GO_ON,
    /** Aliases without an end. */
    LOOP
  }

  /** Where the look-up stands. */
  Name name() {
    return name;
  }

  List<Record> records() {
    return records;
  }

  /** In seconds: the least of all records on the way; 0 when none says. */
  long ttl() {
    return ttl == Long.MAX_VALUE ? 0 : ttl;
  }

  /** Goes as far as an answer leads; records that are not on the way do not count. */
  Step follow(Message answer) {
    List<Record> section = answer.getSection(Section.ANSWER);
    boolean moved = false;
    while (true) {
      records = at(section, type);
      if (!records.isEmpty()) {
        records.forEach(record -> atMost(record.getTTL()));
        return Step.FOUND;
      }
      List<Record> aliases = at(section, Type.CNAME);
      if (aliases.isEmpty()) {
        break;
      }
      if (!moveTo(aliases.getFirst())) {
        return Step.LOOP;
      }
      moved = true;
    }
    return ending(answer, moved);
  }

  private boolean moveTo(Record alias) {
    atMost(alias.getTTL());
    name = ((CNAMERecord) alias).getTarget();
    return seen.add(name) && seen.size() <= MAX_ALIASES;
  }

  private Step ending(Message answer, boolean moved) {
    long soa = negativeTtl(answer);
    if (answer.getRcode() == Rcode.NXDOMAIN) {
      atMost(Math.max(0, soa));
      return Step.NO_NAME;
    }
    if (moved && soa < 0) {
      return Step.GO_ON;
    }
    atMost(Math.max(0, soa)); // RFC 2308 §5: without an SOA it is not kept
    return Step.NO_DATA;
  }

  /** RFC 2308 §5: the lesser of the SOA's TTL and its minimum field; -1 without an SOA. */
  private static long negativeTtl(Message answer) {
    long ttl = -1;
    for (Record record : answer.getSection(Section.AUTHORITY)) {
      if (record instanceof SOARecord soa) {
        ttl = Math.min(usable(soa.getTTL()), usable(soa.getMinimum()));
      }
    }
    return ttl;
  }

  private List<Record> at(List<Record> section, int wanted) {
    List<Record> found = new ArrayList<>();
    for (Record record : section) {
      if (record.getType() == wanted
          && record.getDClass() == DClass.IN
          && record.getName().equals(name)) {
        found.add(record);
      }
    }
    return found;
  }

  private void atMost(long seconds) {
    ttl = Math.min(ttl, usable(seconds));
  }

  /** RFC 2181 §8: one with the top bit set is none. */
  private static long usable(long seconds) {
    return seconds < 0 || seconds > Integer.MAX_VALUE ? 0 : seconds;
  }
}
