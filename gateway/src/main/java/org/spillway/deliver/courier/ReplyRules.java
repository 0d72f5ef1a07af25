package org.spillway.deliver.courier;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.spillway.deliver.Effect;
import org.spillway.deliver.Outcome;
import org.spillway.mail.Reply;
import org.spillway.route.Site;

/**
 * What replies mean (reference §4.2): a table of rules, the operator's own before the built-in ones
 * of {@code reply-rules.txt}. The first rule that matches counts. The text they look at is the
 * enhanced status and the words, 400 characters at most.
 */
public final class ReplyRules {
  private static final String BUILT_IN = "/org/spillway/deliver/courier/reply-rules.txt";
  private static final int MAX_TEXT = 400;

  private volatile List<ReplyRule> rules;

  private ReplyRules(List<ReplyRule> rules) {
    this.rules = List.copyOf(rules);
  }

  /**
   * Where a reply came.
   *
   * @param kind of the site
   * @param nullSender true when the message has no sender
   * @param step what it answered
   */
  public record Context(Site.Kind kind, boolean nullSender, Outcome.Step step) {}

  /** What reading a file gave. */
  public sealed interface Loaded {
    /** Every line was understood. */
    record Good(ReplyRules rules) implements Loaded {}

    /** Lines that were not, each as {@code file:line: what is wrong}. */
    record Bad(List<String> problems) implements Loaded {}
  }

  /** The built-in rules. */
  public static ReplyRules builtIn() {
    return switch (load(Optional.empty())) {
      case Loaded.Good(ReplyRules rules) -> rules;
      case Loaded.Bad(List<String> problems) ->
          throw new IllegalStateException(problems.toString());
    };
  }

  /** The operator's rules, when there is a file of them, before the built-in ones. */
  public static Loaded load(Optional<Path> own) {
    List<ReplyRule> rules = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    if (own.isPresent()) {
      try (BufferedReader lines = Files.newBufferedReader(own.get())) {
        read(own.get().toString(), lines, rules, problems);
      } catch (IOException unreadable) {
        problems.add(own.get() + ":1: cannot be read: " + unreadable.getMessage());
      }
    }
    try (InputStream file = ReplyRules.class.getResourceAsStream(BUILT_IN);
        InputStreamReader text = new InputStreamReader(file, StandardCharsets.UTF_8)) {
      read("reply-rules.txt", new BufferedReader(text), rules, problems);
    } catch (IOException broken) {
      throw new IllegalStateException(broken);
    }
    return problems.isEmpty()
        ? new Loaded.Good(new ReplyRules(rules))
        : new Loaded.Bad(List.copyOf(problems));
  }

  private static void read(
      String name, BufferedReader lines, List<ReplyRule> rules, List<String> problems)
      throws IOException {
    int number = 0;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      number++;
      if (line.isBlank() || line.strip().startsWith("#")) {
        continue;
      }
      try {
        rules.add(ReplyRule.parse(line));
      } catch (ReplyRule.Mistake mistake) {
        problems.add(name + ":" + number + ": " + mistake.getMessage());
      }
    }
  }

  /** Goes by the rules of another table from now on. */
  public void follow(ReplyRules next) {
    rules = next.rules;
  }

  /** What a reply other than the hoped-for one means. */
  public Ruling judge(Context context, Reply reply) {
    String whole = reply.status().map(s -> s + " ").orElse("") + reply.text();
    String text = whole.length() > MAX_TEXT ? whole.substring(0, MAX_TEXT) : whole;
    for (ReplyRule rule : rules) {
      if (rule.matches(context, reply, text)) {
        return rule.ruling();
      }
    }
    return new Ruling(reply.isPermanent(), new Effect.None(), Optional.empty());
  }
}
