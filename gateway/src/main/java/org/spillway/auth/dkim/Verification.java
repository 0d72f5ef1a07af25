package org.spillway.auth.dkim;

import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.spillway.auth.Field;
import org.spillway.auth.Fields;
import org.spillway.auth.TagList;
import org.spillway.dns.Dns;
import org.spillway.mail.Domain;

/** The signatures of one message on their way to results. Not for several threads at once. */
public final class Verification {
  /** One signature field, read or not, in the order of the message. */
  private sealed interface Pending {
    record Readable(DkimSignature signature, BodyHasher body) implements Pending {}

    record Unreadable(Field field, DkimSignature.Reading.Bad bad) implements Pending {}
  }

  /** Fields that RFC 5322 §3.6 allows once. */
  private static final List<String> ONCE =
      List.of(
          "from",
          "sender",
          "reply-to",
          "to",
          "cc",
          "subject",
          "date",
          "message-id",
          "content-type");

  private final DkimSettings settings;
  private final PublishedKeys keys;
  private final InstantSource clock;
  private final Fields fields;
  private final List<Pending> pending = new ArrayList<>();
  private int ignored;

  Verification(DkimSettings settings, PublishedKeys keys, InstantSource clock, Fields fields) {
    this.settings = settings;
    this.keys = keys;
    this.clock = clock;
    this.fields = fields;
  }

  Verification begin(BodyHashes bodies) {
    for (Field field : fields.all()) {
      if (!field.is(SignatureKind.DKIM.fieldName())) {
        continue;
      }
      if (pending.size() == settings.maxSignatures()) {
        ignored++;
        continue;
      }
      pending.add(
          switch (DkimSignature.parse(field)) {
            case DkimSignature.Reading.Good(DkimSignature signature) ->
                new Pending.Readable(signature, body(signature, bodies));
            case DkimSignature.Reading.Bad bad -> new Pending.Unreadable(field, bad);
          });
    }
    return this;
  }

  private static BodyHasher body(DkimSignature signature, BodyHashes bodies) {
    return bodies.need(signature.canonical().body(), signature.limitBytes().orElse(Long.MAX_VALUE));
  }

  /** How many signatures there were beyond the limit; nothing else is known of them. */
  public int ignored() {
    return ignored;
  }

  /** Ends the body and verifies, in the order of the message. Blocks for the DNS. */
  public List<DkimResult> results(Dns dns) {
    List<DkimResult> results = new ArrayList<>(pending.size());
    for (Pending one : pending) {
      results.add(
          switch (one) {
            case Pending.Unreadable(Field _, DkimSignature.Reading.Bad bad) -> unreadable(bad);
            case Pending.Readable(DkimSignature signature, BodyHasher body) ->
                result(signature, body.finish(), dns);
          });
    }
    return results;
  }

  private DkimResult result(DkimSignature signature, BodyHash body, Dns dns) {
    Optional<TagReader.Problem> problem = before(signature, body);
    if (problem.isPresent()) {
      return result(signature, body, problem.get(), Optional.empty());
    }
    return switch (keys.find(dns, signature.domain(), signature.selector())) {
      case PublishedKeys.Found.None(DkimCause cause, String detail) ->
          result(signature, body, new TagReader.Problem(cause, detail), Optional.empty());
      case PublishedKeys.Found.Keys(List<DkimKey> found) -> tried(signature, body, found);
    };
  }

  /** What can be said without the key: the times and the body. */
  private Optional<TagReader.Problem> before(DkimSignature signature, BodyHash body) {
    Instant now = clock.instant();
    if (signature.expires().isPresent()
        && signature.expires().get().isBefore(now.minus(settings.skew()))) { // §3.5 x=
      return problem(DkimCause.EXPIRED, "x=" + signature.expires().get());
    }
    if (signature.signedAt().isPresent()
        && signature.signedAt().get().isAfter(now.plus(settings.skew()))) { // §3.5 t=
      return problem(DkimCause.FUTURE, "t=" + signature.signedAt().get());
    }
    if (signature.limitBytes().orElse(0) > body.bodyBytes()) { // §3.5 l=
      return problem(
          DkimCause.BODY_LENGTH, signature.limitBytes().getAsLong() + " of " + body.bodyBytes());
    }
    return MessageDigest.isEqual(signature.bodyHash(), body.bytes())
        ? Optional.empty()
        : problem(DkimCause.BODY_HASH, "");
  }

  private static Optional<TagReader.Problem> problem(DkimCause cause, String detail) {
    return Optional.of(new TagReader.Problem(cause, detail));
  }

  /** RFC 6376 §6.1.2 item 4: the first key that verifies, else what the first key gave. */
  private DkimResult tried(DkimSignature signature, BodyHash body, List<DkimKey> found) {
    List<DkimResult> results = new ArrayList<>(found.size());
    for (DkimKey key : found) {
      Optional<TagReader.Problem> unfit = unfit(signature, key);
      TagReader.Problem outcome = unfit.orElseGet(() -> arithmetic(signature, key));
      DkimResult result = result(signature, body, outcome, Optional.of(key));
      if (result.isPass()) {
        return result;
      }
      results.add(result);
    }
    return results.getFirst();
  }

  private Optional<TagReader.Problem> unfit(DkimSignature signature, DkimKey key) {
    if (key.strict() && !signature.identityDomain().equals(signature.domain())) { // §3.6.1 t=
      return problem(DkimCause.KEY_STRICT, "i=" + signature.identity());
    }
    return key.unfit(signature.algorithm(), settings);
  }

  private TagReader.Problem arithmetic(DkimSignature signature, DkimKey key) {
    byte[] data =
        new SignedBytes(signature.canonical().header())
            .add(fields, signature.names())
            .end(signature.field(), signature.tags());
    boolean good =
        keys.engine().verify(signature.algorithm(), key.key(), data, signature.signature());
    return new TagReader.Problem(good ? DkimCause.GOOD : DkimCause.SIGNATURE, "");
  }

  private DkimResult result(
      DkimSignature signature, BodyHash body, TagReader.Problem why, Optional<DkimKey> key) {
    return new DkimResult(
        why.cause(),
        why.detail(),
        SignatureKind.DKIM,
        Optional.of(signature.domain()),
        signature.selector(),
        signature.algorithm().text(),
        key.map(DkimKey::bits).orElse(0),
        signature.identity(),
        prefix(signature.tags()),
        signature.names(),
        body.uncoveredBytes(),
        added(signature.names()),
        key.map(DkimKey::testing).orElse(false),
        signature.signedAt());
  }

  private static DkimResult unreadable(DkimSignature.Reading.Bad bad) {
    TagList tags = bad.tags();
    return new DkimResult(
        bad.cause(),
        bad.detail(),
        SignatureKind.DKIM,
        tags.value("d").map(TagReader::utf8).flatMap(Domain::parse).filter(d -> !d.isLiteral()),
        tags.value("s").map(TagReader::utf8).orElse(""),
        tags.value("a").orElse(""),
        0,
        tags.value("i").map(TagReader::utf8).orElse(""),
        prefix(tags),
        List.of(),
        0,
        List.of(),
        false,
        Optional.empty());
  }

  /** RFC 6008 §4. */
  private static String prefix(TagList tags) {
    String value = tags.compact("b").orElse("");
    return value.substring(0, Math.min(8, value.length()));
  }

  /** RFC 6376 §8.15: a field that stands twice and is signed once may have been added. */
  private List<String> added(List<String> names) {
    List<String> added = new ArrayList<>(0);
    for (String once : ONCE) {
      int there = count(once);
      if (there > 1 && names.stream().filter(once::equals).count() < there) {
        added.add(once);
      }
    }
    return added;
  }

  private int count(String name) {
    int count = 0;
    for (Field field : fields.all()) {
      if (field.is(name)) {
        count++;
      }
    }
    return count;
  }
}
