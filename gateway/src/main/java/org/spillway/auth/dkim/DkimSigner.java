package org.spillway.auth.dkim;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.spillway.auth.Field;
import org.spillway.auth.Fields;
import org.spillway.auth.TagList;

/**
 * Makes DKIM-Signature fields (RFC 6376 §5). The body is not read: its hash was taken when the
 * message came in. For any number of threads.
 */
public final class DkimSigner {
  private static final int LINE = 76;

  private final SignatureEngine engine;
  private final InstantSource clock;

  /** Signs by this engine, at the time of this clock. */
  public DkimSigner(SignatureEngine engine, InstantSource clock) {
    this.engine = engine;
    this.clock = clock;
  }

  /**
   * Signs once with each key.
   *
   * @param fields of the message, just as they will go out
   * @param body its hash, prepared as the rules say, of the whole body
   * @return fields to put above all others, in this order, each folded and ended by CRLF
   */
  public List<String> sign(
      Fields fields, BodyHash body, List<SigningKey> keys, SigningRules rules) {
    if (body.canonical() != rules.canonical().body() || body.limitBytes() != Long.MAX_VALUE) {
      throw new IllegalArgumentException("the hash of another preparation of the body");
    }
    List<String> names = names(fields, rules);
    Instant now = clock.instant();
    List<String> signed = new ArrayList<>(keys.size());
    for (SigningKey key : keys) {
      signed.add(signed(fields, names, key, unsigned(names, body, key, rules, now)));
    }
    return signed;
  }

  private String signed(Fields fields, List<String> names, SigningKey key, Draft draft) {
    Field field = Field.of(draft.text());
    byte[] data =
        new SignedBytes(draft.header())
            .add(fields, names)
            .end(field, TagList.salvage(field.latin1()));
    byte[] signature = engine.sign(key.algorithm(), key.key(), data);
    return draft.text() + folded(Base64.getEncoder().encodeToString(signature)) + "\r\n";
  }

  private record Draft(String text, Canonical header) {}

  private static Draft unsigned(
      List<String> names, BodyHash body, SigningKey key, SigningRules rules, Instant now) {
    StringBuilder out = new StringBuilder(800);
    out.append(SignatureKind.DKIM.fieldName()).append(": v=1; a=").append(key.algorithm().text());
    out.append("; c=").append(rules.canonical().text());
    out.append(";\r\n d=").append(key.domain()).append("; s=").append(key.selector());
    out.append(";\r\n t=").append(now.getEpochSecond());
    rules.lifetime().ifPresent(life -> out.append("; x=").append(now.plus(life).getEpochSecond()));
    out.append(";\r\n h=");
    int line = 3;
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      boolean last = i == names.size() - 1;
      if (line + name.length() + 1 > LINE) {
        out.append("\r\n  ");
        line = 2;
      }
      out.append(name).append(last ? ";" : ":");
      line += name.length() + 1;
    }
    out.append("\r\n bh=").append(body.base64()).append(";\r\n b=");
    return new Draft(out.toString(), rules.canonical().header());
  }

  /** RFC 6376 §5.4.2: a name for each time it stands; §8.15: and once more if oversigned. */
  private static List<String> names(Fields fields, SigningRules rules) {
    List<String> names = new ArrayList<>();
    for (String name : rules.sign()) {
      for (Field field : fields.all()) {
        if (field.is(name)) {
          names.add(name);
        }
      }
      if (rules.oversign().contains(name)) {
        names.add(name);
      }
    }
    return names;
  }

  private static String folded(String base64) {
    StringBuilder out = new StringBuilder(base64.length() + 20);
    int room = LINE - 3;
    for (int at = 0; at < base64.length(); at += room) {
      if (at > 0) {
        out.append("\r\n  ");
      }
      out.append(base64, at, Math.min(base64.length(), at + room));
    }
    return out.toString();
  }
}
