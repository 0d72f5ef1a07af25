package org.spillway.auth.arc;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.spillway.auth.Field;
import org.spillway.auth.Fields;
import org.spillway.auth.TagList;
import org.spillway.auth.dkim.BodyHash;
import org.spillway.auth.dkim.Canonical;
import org.spillway.auth.dkim.SignatureEngine;
import org.spillway.auth.dkim.SignedBytes;
import org.spillway.auth.dkim.SigningKey;

/**
 * Adds our own set to a chain (RFC 8617 §5.1). The same in gives the same out, to the byte: tags
 * stand in alphabetical order, one a line, and none has white space inside. For any number of
 * threads.
 */
public final class ArcSealer {
  /**
   * What is sealed.
   *
   * @param fields of the message, just as they will go out
   * @param body hash of its whole body, relaxed
   * @param chain what we found of the sets that are there
   * @param report what we found of the message, in the form of Authentication-Results from the
   *     server's name on: {@code mx.example.com; arc=none; spf=pass …}, no folding needed
   * @param time of sealing
   */
  public record Request(
      Fields fields, BodyHash body, ArcResult chain, String report, Instant time) {}

  private static final String FOLD = ";\r\n ";
  private static final int LONGEST = 900; // RFC 5322 §2.1.1: a line has at most 998

  private final SignatureEngine engine;

  /** Seals by this engine. */
  public ArcSealer(SignatureEngine engine) {
    this.engine = engine;
  }

  /**
   * Makes a set.
   *
   * @param names of the fields to sign; ARC-Seal and Authentication-Results must not be among them
   *     (RFC 8617 §4.1.2)
   * @return the three fields to put above all others, in this order, each ended by CRLF; none when
   *     the chain may not be continued: it failed at an earlier hop, or has 50 sets
   */
  public List<String> seal(Request request, SigningKey key, List<String> names) {
    ArcResult chain = request.chain();
    if (chain.cause() == ArcCause.FAILED_BEFORE // RFC 8617 §5.1: no set after cv=fail
        || chain.highest() >= ArcSet.MAX_INSTANCE) {
      return List.of();
    }
    int instance = chain.highest() + 1;
    String report = request.report().replace("; ", FOLD);
    String results = ArcSet.RESULTS + ": i=" + instance + FOLD + report + "\r\n";
    String message = message(request, key, names(request.fields(), names), instance);
    SignedBytes sealed = new SignedBytes(Canonical.RELAXED);
    if (chain.state() != ArcResult.State.FAIL) { // RFC 8617 §5.1.2: else only our own set
      for (ArcSet set : chain.sets()) {
        sealed.add(set.results().field());
        sealed.add(set.message().field());
        sealed.add(set.seal().field());
      }
    }
    sealed.add(Field.of(results)).add(Field.of(message));
    Draft draft =
        new Draft(
            ArcSet.SEAL + ": a=" + key.algorithm().text() + FOLD + "b=",
            "; cv=%s; d=%s; i=%d; s=%s; t=%d"
                .replace("; ", FOLD)
                .formatted(
                    chain.state().text(),
                    key.domain(),
                    instance,
                    key.selector(),
                    request.time().getEpochSecond()));
    return List.of(signed(draft, sealed, key), message, results);
  }

  private String message(Request request, SigningKey key, List<String> names, int instance) {
    if (request.body().canonical() != Canonical.RELAXED
        || request.body().limitBytes() != Long.MAX_VALUE) {
      throw new IllegalArgumentException("the hash of another preparation of the body");
    }
    Draft draft =
        new Draft(
            ArcSet.MESSAGE + ": a=" + key.algorithm().text() + FOLD + "b=",
            "; bh=%s; c=relaxed/relaxed; d=%s; h=%s; i=%d; s=%s; t=%d"
                .replace("; ", FOLD)
                .formatted(
                    request.body().base64(),
                    key.domain(),
                    joined(names),
                    instance,
                    key.selector(),
                    request.time().getEpochSecond()));
    SignedBytes bytes = new SignedBytes(Canonical.RELAXED).add(request.fields(), names);
    return signed(draft, bytes, key);
  }

  /** A field around the value of its b=. */
  private record Draft(String before, String after) {}

  private String signed(Draft draft, SignedBytes bytes, SigningKey key) {
    Field field = Field.of(draft.before() + draft.after());
    byte[] data = bytes.end(field, TagList.salvage(field.latin1()));
    byte[] signature = engine.sign(key.algorithm(), key.key(), data);
    return draft.before() + Base64.getEncoder().encodeToString(signature) + draft.after() + "\r\n";
  }

  private static String joined(List<String> names) {
    StringBuilder out = new StringBuilder();
    int line = 0;
    for (String name : names) {
      if (line + name.length() > LONGEST) {
        out.append("\r\n ");
        line = 0;
      }
      out.append(name).append(':');
      line += name.length() + 1;
    }
    out.setLength(Math.max(0, out.length() - 1));
    return out.toString();
  }

  private static List<String> names(Fields fields, List<String> wanted) {
    List<String> names = new ArrayList<>();
    for (String name : wanted) {
      if (name.equalsIgnoreCase(ArcSet.SEAL) || name.equalsIgnoreCase("Authentication-Results")) {
        throw new IllegalArgumentException(name + " must not be signed (RFC 8617 §4.1.2)");
      }
      int there = fields.named(name).size();
      for (int i = 0; i < there; i++) {
        names.add(name.toLowerCase(java.util.Locale.ROOT));
      }
    }
    return names;
  }
}
