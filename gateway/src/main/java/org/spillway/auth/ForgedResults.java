package org.spillway.auth;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.spillway.mail.Domain;

/**
 * Which Authentication-Results fields of a message from outside claim to be ours, and must go
 * before ours is added (RFC 8601 §5). A field that cannot be understood counts as claiming when its
 * authserv-id cannot be read, or when it holds one of ours anywhere.
 */
public final class ForgedResults {
  private final Set<String> ours = new HashSet<>();
  private final Set<String> spellings = new HashSet<>();

  /** Our authserv-ids, with U-labels or A-labels. */
  public ForgedResults(Collection<String> authservIds) {
    for (String id : authservIds) {
      String key = key(id);
      ours.add(key);
      spellings.add(key);
      Domain.parse(key).ifPresent(d -> spellings.add(squeezed(d.unicode())));
    }
  }

  /** The one form of an authserv-id: lower case, A-labels, no final dot. */
  private static String key(String id) {
    String bare = id.strip();
    while (bare.endsWith(".")) {
      bare = bare.substring(0, bare.length() - 1);
    }
    String lower = bare.toLowerCase(Locale.ROOT);
    return Domain.parse(lower).map(Domain::name).orElse(lower);
  }

  /** The fields that must be removed, from top to bottom. */
  public List<Field> among(Fields fields) {
    List<Field> forged = new ArrayList<>(0);
    for (Field field : fields.all()) {
      if (field.is(AuthReport.FIELD) && isForged(field.name(), field.value())) {
        forged.add(field);
      }
    }
    return forged;
  }

  /**
   * True when the field must be removed.
   *
   * @param name of the field
   * @param value all after the colon, folded or not, read as UTF-8
   */
  public boolean isForged(String name, String value) {
    if (!name.strip().equalsIgnoreCase(AuthReport.FIELD)) {
      return false;
    }
    return switch (AuthReport.parse(value)) {
      case AuthReport.Parsed.Good(AuthReport report, int _) ->
          ours.contains(key(report.authservId()));
      case AuthReport.Parsed.Bad(Optional<String> id, int _, String _) ->
          id.isEmpty() || ours.contains(key(id.get())) || holdsOurs(value);
    };
  }

  private boolean holdsOurs(String value) {
    String text = squeezed(value);
    return spellings.stream().anyMatch(text::contains);
  }

  /** Without white space, quotes and escapes, in which a name could hide. */
  private static String squeezed(String text) {
    StringBuilder squeezed = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c > ' ' && c != '"' && c != '\\') {
        squeezed.append(c);
      }
    }
    return squeezed.toString().toLowerCase(Locale.ROOT);
  }
}
