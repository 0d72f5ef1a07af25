package org.spillway.auth.arc;

import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.spillway.auth.Fields;
import org.spillway.auth.dkim.Algorithm;
import org.spillway.auth.dkim.BodyHash;
import org.spillway.auth.dkim.BodyHasher;
import org.spillway.auth.dkim.BodyHashes;
import org.spillway.auth.dkim.Canonical;
import org.spillway.auth.dkim.DkimCause;
import org.spillway.auth.dkim.DkimKey;
import org.spillway.auth.dkim.DkimSettings;
import org.spillway.auth.dkim.PublishedKeys;
import org.spillway.auth.dkim.SignedBytes;
import org.spillway.auth.dkim.TagReader;
import org.spillway.dns.Dns;
import org.spillway.mail.Domain;

/** The chain of one message on its way to a result. Not for several threads at once. */
public final class ArcVerification {
  /** What verifying needs, whatever the message. */
  record Means(DkimSettings settings, PublishedKeys keys, InstantSource clock) {}

  /** A problem of a chain. */
  private record Problem(ArcCause cause, String detail) {}

  /** A signature to check. */
  private record Signed(
      Domain domain, String selector, Algorithm algorithm, byte[] data, byte[] signature) {}

  private final Means means;
  private final Fields fields;
  private final ArcChain.Reading reading;
  private final BodyHashes bodies;
  private final Map<String, PublishedKeys.Found> found = new HashMap<>();

  ArcVerification(Means means, Fields fields, ArcChain.Reading reading, BodyHashes bodies) {
    this.means = means;
    this.fields = fields;
    this.reading = reading;
    this.bodies = bodies;
    if (reading instanceof ArcChain.Reading.Good(ArcChain chain)) {
      for (ArcSet set : chain.sets()) {
        if (set == chain.newest() || !isPartial(set)) {
          ways(set.message()).forEach(way -> body(set, way));
        }
      }
    }
  }

  /**
   * How a message signature may be prepared. It takes the tags of DKIM (RFC 8617 §4.1.2), where
   * simple is meant when c= is left out (RFC 6376 §3.5); but sealers that leave it out, and the
   * public suite, mean relaxed. So both are tried.
   */
  private static List<Canonical.Pair> ways(ArcSet.MessageSignature signature) {
    return signature.tags().tag("c").isPresent()
        ? List.of(signature.canonical())
        : List.of(signature.canonical(), Canonical.Pair.RELAXED);
  }

  /** With l= of its own; only the newest set gets a hash for that, or 50 sets would cost 50. */
  private static boolean isPartial(ArcSet set) {
    return set.message().limitBytes().isPresent();
  }

  private BodyHasher body(ArcSet set, Canonical.Pair way) {
    return bodies.need(way.body(), set.message().limitBytes().orElse(Long.MAX_VALUE));
  }

  /** Ends the body and verifies. Blocks for the DNS. */
  public ArcResult result(Dns dns) {
    return switch (reading) {
      case ArcChain.Reading.None() ->
          new ArcResult(ArcResult.State.NONE, ArcCause.NO_SETS, "", 0, 0, List.of());
      case ArcChain.Reading.Broken(ArcCause cause, String detail, int highest) ->
          new ArcResult(ArcResult.State.FAIL, cause, detail, highest, 0, List.of());
      case ArcChain.Reading.Good(ArcChain chain) -> result(chain, dns);
    };
  }

  private ArcResult result(ArcChain chain, Dns dns) {
    int highest = chain.newest().instance();
    Optional<Problem> problem = message(chain.newest(), dns); // RFC 8617 §5.2 step 4
    for (int i = highest; i >= 1 && problem.isEmpty(); i--) { // step 6
      problem = seal(chain, i, dns);
    }
    return problem
        .map(
            bad ->
                new ArcResult(
                    ArcResult.State.FAIL, bad.cause(), bad.detail(), highest, 0, chain.sets()))
        .orElseGet(
            () ->
                new ArcResult(
                    ArcResult.State.PASS,
                    ArcCause.GOOD,
                    "",
                    highest,
                    oldestPass(chain, dns),
                    chain.sets()));
  }

  /** RFC 8617 §5.2 step 5: the set after the newest whose message signature fails. */
  private int oldestPass(ArcChain chain, Dns dns) {
    for (int i = chain.newest().instance() - 1; i >= 1; i--) {
      ArcSet set = chain.sets().get(i - 1);
      if (isPartial(set) || message(set, dns).isPresent()) {
        return i + 1;
      }
    }
    return 0;
  }

  private Optional<Problem> message(ArcSet set, Dns dns) {
    Optional<Problem> first = Optional.empty();
    for (Canonical.Pair way : ways(set.message())) {
      Optional<Problem> problem = message(set, way, dns);
      if (problem.isEmpty()) {
        return problem;
      }
      first = first.isPresent() ? first : problem;
    }
    return first;
  }

  private Optional<Problem> message(ArcSet set, Canonical.Pair way, Dns dns) {
    ArcSet.MessageSignature ams = set.message();
    BodyHash body = body(set, way).finish();
    if (!MessageDigest.isEqual(ams.bodyHash(), body.bytes())
        || ams.limitBytes().orElse(0) > body.bodyBytes()) {
      return Optional.of(new Problem(ArcCause.BODY_HASH, "set " + set.instance()));
    }
    if (ams.expires().isPresent()
        && ams.expires().get().isBefore(means.clock().instant().minus(means.settings().skew()))) {
      return Optional.of(
          new Problem(ArcCause.MESSAGE_SIGNATURE, "set " + set.instance() + " is expired"));
    }
    byte[] data =
        new SignedBytes(way.header()).add(fields, ams.names()).end(ams.field(), ams.tags());
    return check(
            new Signed(ams.domain(), ams.selector(), ams.algorithm(), data, ams.signature()), dns)
        .map(bad -> problem(bad, ArcCause.MESSAGE_SIGNATURE, set));
  }

  /** RFC 8617 §5.1.1: a seal covers all sets up to its own, relaxed, oldest first. */
  private Optional<Problem> seal(ArcChain chain, int instance, Dns dns) {
    SignedBytes bytes = new SignedBytes(Canonical.RELAXED);
    for (ArcSet set : chain.sets().subList(0, instance)) {
      bytes.add(set.results().field()).add(set.message().field());
      if (set.instance() < instance) {
        bytes.add(set.seal().field());
      }
    }
    ArcSet last = chain.sets().get(instance - 1);
    ArcSet.Seal seal = last.seal();
    byte[] data = bytes.end(seal.field(), seal.tags());
    return check(
            new Signed(seal.domain(), seal.selector(), seal.algorithm(), data, seal.signature()),
            dns)
        .map(bad -> problem(bad, ArcCause.SEAL, last));
  }

  private static Problem problem(TagReader.Problem bad, ArcCause broken, ArcSet set) {
    ArcCause cause =
        switch (bad.cause()) {
          case SIGNATURE -> broken;
          case DNS -> ArcCause.DNS;
          default -> ArcCause.KEY;
        };
    String detail = bad.cause() == DkimCause.SIGNATURE ? "" : ": " + bad.cause().text();
    return new Problem(cause, "set " + set.instance() + detail);
  }

  /** What is wrong with a signature or its key. */
  private Optional<TagReader.Problem> check(Signed signed, Dns dns) {
    PublishedKeys.Found answer =
        found.computeIfAbsent(
            signed.selector() + " " + signed.domain(),
            _ -> means.keys().find(dns, signed.domain(), signed.selector()));
    return switch (answer) {
      case PublishedKeys.Found.None(DkimCause cause, String detail) ->
          Optional.of(new TagReader.Problem(cause, detail));
      case PublishedKeys.Found.Keys(List<DkimKey> keys) -> check(signed, keys);
    };
  }

  private Optional<TagReader.Problem> check(Signed signed, List<DkimKey> keys) {
    Optional<TagReader.Problem> first = Optional.empty();
    for (DkimKey key : keys) {
      Optional<TagReader.Problem> unfit = key.unfit(signed.algorithm(), means.settings());
      if (unfit.isEmpty()
          && means
              .keys()
              .engine()
              .verify(signed.algorithm(), key.key(), signed.data(), signed.signature())) {
        return Optional.empty();
      }
      Optional<TagReader.Problem> bad =
          unfit.or(() -> Optional.of(new TagReader.Problem(DkimCause.SIGNATURE, "")));
      first = first.isPresent() ? first : bad;
    }
    return first;
  }
}
