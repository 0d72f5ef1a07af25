package org.spillway.spool.code;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import org.spillway.mail.Address;
import org.spillway.mail.Direction;
import org.spillway.mail.Domain;
import org.spillway.mail.Notify;
import org.spillway.policy.Constraints;
import org.spillway.policy.Copy;
import org.spillway.policy.Decision;
import org.spillway.policy.TlsFloor;

/** Decisions with their copies and constraints, and the small values that records share. */
final class DecisionCodec {
  private DecisionCodec() {}

  static void write(Encoder to, Decision decision) {
    to.each(decision.copies(), DecisionCodec::copy);
  }

  static Decision read(Decoder from) throws Malformed {
    return new Decision(from.each(DecisionCodec::copy));
  }

  private static void copy(Encoder to, Copy copy) {
    to.each(copy.recipients(), (e, index) -> e.number(index));
    to.octet(copy.direction().ordinal());
    boolean none = copy.constraints().equals(Constraints.NONE);
    to.flag(!none);
    if (!none) {
      constraints(to, copy.constraints());
    }
  }

  private static Copy copy(Decoder from) throws Malformed {
    return new Copy(
        from.each(Decoder::smallNumber),
        from.oneOf(Direction.values()),
        from.flag() ? constraints(from) : Constraints.NONE);
  }

  private static void constraints(Encoder to, Constraints constraints) {
    to.octet(constraints.tls().ordinal())
        .optional(constraints.regions(), (e, regions) -> e.each(regions, Encoder::text))
        .each(constraints.agreements(), Encoder::text)
        .each(constraints.denied(), Encoder::text)
        .flag(constraints.spill())
        .each(constraints.rules(), Encoder::text);
  }

  private static Constraints constraints(Decoder from) throws Malformed {
    return new Constraints(
        from.oneOf(TlsFloor.values()),
        from.optional(DecisionCodec::texts),
        texts(from),
        texts(from),
        from.flag(),
        texts(from));
  }

  private static Set<String> texts(Decoder from) throws Malformed {
    return new HashSet<>(from.each(Decoder::text));
  }

  static void address(Encoder to, Address address) {
    to.text(address.localPart()).text(address.domain().name());
  }

  static Address address(Decoder from) throws Malformed {
    return new Address(from.text(), new Domain(from.text()));
  }

  static int bits(Set<Notify> notifyOn) {
    int bits = 0;
    for (Notify one : notifyOn) {
      bits |= 1 << one.ordinal();
    }
    return bits;
  }

  static Set<Notify> notifyOn(int bits) {
    Set<Notify> notifyOn = EnumSet.noneOf(Notify.class);
    for (Notify one : Notify.values()) {
      if ((bits & 1 << one.ordinal()) != 0) {
        notifyOn.add(one);
      }
    }
    return notifyOn;
  }
}
