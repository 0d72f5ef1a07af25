package org.spillway.auth.arc;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.spillway.auth.Field;
import org.spillway.auth.Fields;

/**
 * The sets of a message, in good order: numbered from 1 without a gap, each whole (RFC 8617 §4.2).
 *
 * @param sets oldest first, at least one
 */
public record ArcChain(List<ArcSet> sets) {
  /** What reading gave. */
  public sealed interface Reading {
    /** No ARC fields at all. */
    record None() implements Reading {}

    /** A chain whose form is right; nothing is verified yet. */
    record Good(ArcChain chain) implements Reading {}

    /**
     * Fields that make no chain.
     *
     * @param highest the highest number of a set, 0 when none can be read
     */
    record Broken(ArcCause cause, String detail, int highest) implements Reading {}
  }

  private static final int MAX_FIELDS = 3 * ArcSet.MAX_INSTANCE;

  public ArcChain {
    sets = List.copyOf(sets);
  }

  /** The newest set. */
  public ArcSet newest() {
    return sets.getLast();
  }

  /** Finds the sets of a message (RFC 8617 §5.2 steps 1 to 3, without the signatures). */
  public static Reading parse(Fields fields) {
    Gathered gathered = new Gathered();
    for (Field field : fields.all()) {
      if (ArcField.isOne(field)) {
        gathered.add(field);
      }
    }
    return gathered.reading();
  }

  /** The fields as they are found, by the number of their set. */
  private static final class Gathered {
    private final Map<Integer, ArcSet.Results> results = new TreeMap<>();
    private final Map<Integer, ArcSet.MessageSignature> messages = new TreeMap<>();
    private final Map<Integer, ArcSet.Seal> seals = new TreeMap<>();
    private final List<Reading.Broken> problems = new ArrayList<>();
    private int count;
    private int highest;

    void add(Field field) {
      count++;
      if (count > MAX_FIELDS) { // RFC 8617 §5.2 step 1
        wrong(ArcCause.TOO_MANY, "more than " + ArcSet.MAX_INSTANCE);
        return;
      }
      switch (ArcField.read(field)) {
        case ArcField.Broken(int instance, String why) -> {
          highest = Math.max(highest, instance);
          wrong(ArcCause.SYNTAX, why);
        }
        case ArcField.Results(int instance, ArcSet.Results one) -> put(results, instance, one);
        case ArcField.Message(int instance, ArcSet.MessageSignature one) ->
            put(messages, instance, one);
        case ArcField.Seal(int instance, ArcSet.Seal one) -> put(seals, instance, one);
      }
    }

    private <T> void put(Map<Integer, T> fields, int instance, T field) {
      highest = Math.max(highest, instance);
      if (instance > ArcSet.MAX_INSTANCE) {
        wrong(ArcCause.TOO_MANY, "i=" + instance);
      } else if (fields.putIfAbsent(instance, field) != null) {
        wrong(ArcCause.STRUCTURE, "a field stands twice in set " + instance);
      }
    }

    private void wrong(ArcCause cause, String detail) {
      problems.add(new Reading.Broken(cause, detail, 0));
    }

    Reading reading() {
      if (count == 0) {
        return new Reading.None();
      }
      ArcSet.Seal last = seals.get(highest);
      if (last != null && last.state().equals("fail")) { // RFC 8617 §5.2 step 2
        return broken(ArcCause.FAILED_BEFORE, last.domain().name());
      }
      if (!problems.isEmpty()) {
        return broken(problems.getFirst().cause(), problems.getFirst().detail());
      }
      List<ArcSet> sets = new ArrayList<>();
      for (int i = 1; i <= highest; i++) {
        if (!results.containsKey(i) || !messages.containsKey(i) || !seals.containsKey(i)) {
          return broken(ArcCause.STRUCTURE, "set " + i + " is not whole");
        }
        String state = seals.get(i).state();
        if (!state.equals(i == 1 ? "none" : "pass")) { // RFC 8617 §5.2 step 3
          return broken(ArcCause.STATE, "cv=" + state + " in set " + i);
        }
        sets.add(new ArcSet(i, results.get(i), messages.get(i), seals.get(i)));
      }
      return new Reading.Good(new ArcChain(sets));
    }

    private Reading broken(ArcCause cause, String detail) {
      return new Reading.Broken(cause, detail, highest);
    }
  }
}
