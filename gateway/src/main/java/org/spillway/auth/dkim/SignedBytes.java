package org.spillway.auth.dkim;

import java.util.List;
import org.spillway.auth.Field;
import org.spillway.auth.Fields;
import org.spillway.auth.TagList;

/** Gathers the bytes that a signature covers (RFC 6376 §3.7). */
public final class SignedBytes {
  private final Canonical canonical;
  private final Canonical.Bytes out = new Canonical.Bytes();

  /** Starts with nothing. */
  public SignedBytes(Canonical canonical) {
    this.canonical = canonical;
  }

  /**
   * Adds the named fields. RFC 6376 §5.4.2: a name means the lowest field of it that is not taken
   * yet, and nothing when there is none left.
   */
  public SignedBytes add(Fields fields, List<String> names) {
    List<Field> all = fields.all();
    boolean[] taken = new boolean[all.size()];
    for (String name : names) {
      for (int at = all.size() - 1; at >= 0; at--) {
        if (!taken[at] && all.get(at).is(name)) {
          taken[at] = true;
          canonical.field(all.get(at), out);
          break;
        }
      }
    }
    return this;
  }

  /** Adds one field with its CRLF. */
  public SignedBytes add(Field field) {
    canonical.field(field, out);
    return this;
  }

  /** Adds the signature's own field, without the value of b= and without its CRLF. */
  public byte[] end(Field signature, TagList tags) {
    canonical.signature(signature, gap(signature, tags), out);
    return out.copy();
  }

  /** RFC 6376 §3.5 b=: the value with all white space around it. */
  private static Canonical.Gap gap(Field field, TagList tags) {
    int end = field.end();
    return tags.tag("b")
        .map(
            tag -> {
              String text = field.latin1();
              int from = text.lastIndexOf('=', tag.at() - 1) + 1;
              int semicolon = text.indexOf(';', tag.at());
              int to = semicolon < 0 ? text.length() : semicolon;
              int shift = field.colon() + 1;
              return new Canonical.Gap(shift + from, shift + to);
            })
        .orElse(new Canonical.Gap(end, end));
  }
}
