package org.spillway.deliver.courier;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.spillway.deliver.Effect;
import org.spillway.deliver.Outcome;
import org.spillway.mail.Reply;
import org.spillway.mail.Status;
import org.spillway.route.Site;

/**
 * One line of a rule file: {@code SITES STEPS CODE RESULT EFFECT WORDS}. See reply-rules.txt for
 * what each column may hold.
 *
 * @param kinds kinds of site it holds for
 * @param steps where it holds
 * @param code three digits, with {@code .} for any
 * @param words what the reply's status and text must contain
 * @param ruling what it says then
 */
record ReplyRule(
    Set<Site.Kind> kinds, Set<Outcome.Step> steps, Pattern code, Pattern words, Ruling ruling) {
  private static final int MAX_WORDS = 200;
  private static final Pattern RESULT =
      Pattern.compile("(defer|fail)(?::([45]\\.\\d{1,3}\\.\\d{1,3}))?");
  private static final Pattern EFFECT = Pattern.compile("([a-z-]+)(?:=(\\d{1,5})([smh]))?");

  /** A line that is no rule: why. */
  static final class Mistake extends Exception {
    private static final long serialVersionUID = 1L;

    Mistake(String why) {
      super(why);
    }
  }

  static ReplyRule parse(String line) throws Mistake {
    String[] columns = line.strip().split("\\s+", 6);
    if (columns.length < 6) {
      throw new Mistake("six columns are needed: sites, steps, code, result, effect, words");
    }
    Matcher result = RESULT.matcher(columns[3]);
    if (!result.matches()) {
      throw new Mistake("result must be defer or fail, perhaps with a status: " + columns[3]);
    }
    if (!columns[2].matches("([0-9.]|\\[[0-9]+\\]){3}")) {
      throw new Mistake(
          "code must be three digits, each one of 0-9, a dot or [014]: " + columns[2]);
    }
    Ruling ruling =
        new Ruling(
            result.group(1).equals("fail"),
            effect(columns[4]),
            Optional.ofNullable(result.group(2)).map(Status::of));
    return new ReplyRule(
        sites(columns[0]),
        steps(columns[1]),
        Pattern.compile(columns[2]),
        words(columns[5]),
        ruling);
  }

  private static Set<Site.Kind> sites(String column) throws Mistake {
    return switch (column) {
      case "any" -> EnumSet.allOf(Site.Kind.class);
      case "relay" -> EnumSet.of(Site.Kind.RELAY);
      case "not-mx" -> EnumSet.complementOf(EnumSet.of(Site.Kind.MX));
      default -> throw new Mistake("sites must be any, relay or not-mx: " + column);
    };
  }

  private static Set<Outcome.Step> steps(String column) throws Mistake {
    Set<Outcome.Step> steps = EnumSet.noneOf(Outcome.Step.class);
    for (String word : column.split(",")) {
      switch (word) {
        case "*" -> steps.addAll(EnumSet.range(Outcome.Step.GREETING, Outcome.Step.FINAL_DOT));
        case "session" -> steps.addAll(EnumSet.range(Outcome.Step.GREETING, Outcome.Step.TLS));
        case "dot" -> steps.add(Outcome.Step.FINAL_DOT);
        case "greeting", "ehlo", "starttls", "auth", "mail", "rcpt", "data" ->
            steps.add(Outcome.Step.valueOf(word.toUpperCase(Locale.ROOT)));
        default -> throw new Mistake("no such step: " + word);
      }
    }
    return steps;
  }

  private static Effect effect(String column) throws Mistake {
    Matcher m = EFFECT.matcher(column);
    if (!m.matches()) {
      throw new Mistake("no such effect: " + column);
    }
    boolean paused = m.group(2) != null;
    Duration pause = paused ? pause(Long.parseLong(m.group(2)), m.group(3)) : Duration.ZERO;
    boolean wantsPause = m.group(1).equals("throttled") || m.group(1).equals("quota-used");
    if (paused != wantsPause) {
      throw new Mistake("throttled and quota-used have a pause, nothing else: " + column);
    }
    return switch (m.group(1)) {
      case "none" -> new Effect.None();
      case "overload" -> new Effect.Overload();
      case "throttled" -> new Effect.Throttled(pause);
      case "quota-used" -> new Effect.QuotaUsed(pause);
      case "misconfigured" -> new Effect.Misconfigured();
      case "sender-refused" -> new Effect.SenderRefused();
      case "null-sender-refused" -> new Effect.NullSenderRefused();
      case "too-large-here" -> new Effect.TooLargeHere();
      case "split-recipients" -> new Effect.SplitRecipients();
      case "reputation" -> new Effect.Reputation();
      case "target-failure" -> new Effect.TargetFailure();
      default -> throw new Mistake("no such effect: " + column);
    };
  }

  private static Duration pause(long amount, String unit) {
    return switch (unit) {
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      default -> Duration.ofHours(amount);
    };
  }

  /** Only what runs in time proportional to the text, or its square: a peer chooses the text. */
  private static Pattern words(String column) throws Mistake {
    if (column.length() > MAX_WORDS) {
      throw new Mistake("words are longer than " + MAX_WORDS + " characters");
    }
    String plain = column.replaceAll("\\\\[^0-9a-zA-Z]|\\[[^\\]]*\\]", "x");
    boolean backReference = plain.matches(".*\\\\[0-9k].*");
    boolean special = plain.contains("(?") || plain.contains("{");
    boolean repeatedGroup = plain.matches(".*\\)[*+?].*");
    if (backReference || special || repeatedGroup || plain.split("[*+]", -1).length > 3) {
      throw new Mistake(
          "words may hold two of * and + at most, and no (?, {, back-reference or repeated group");
    }
    try {
      return Pattern.compile(column, Pattern.CASE_INSENSITIVE);
    } catch (PatternSyntaxException wrong) {
      throw new Mistake("words are no regular expression: " + wrong.getDescription());
    }
  }

  boolean matches(ReplyRules.Context context, Reply reply, String text) {
    return kinds.contains(context.kind())
        && (context.nullSender() || !(ruling.effect() instanceof Effect.NullSenderRefused))
        && steps.contains(context.step())
        && code.matcher(Integer.toString(reply.code())).matches()
        && words.matcher(text).find();
  }
}
