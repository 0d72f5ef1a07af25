package org.spillway.route;

import java.util.regex.Pattern;

/**
 * The name of a site in the configuration.
 *
 * @param text 1 to 63 of a–z, 0–9 and hyphen
 */
public record SiteName(String text) implements Comparable<SiteName> {
  private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

  public SiteName {
    if (!isValid(text)) {
      throw new IllegalArgumentException("not a site name: " + text);
    }
  }

  /** True when the text can be a site's name. */
  public static boolean isValid(String text) {
    return FORM.matcher(text).matches();
  }

  @Override
  public int compareTo(SiteName other) {
    return text.compareTo(other.text);
  }

  @Override
  public String toString() {
    return text;
  }
}
