package org.spillway.auth.spf;

import java.util.List;
import java.util.stream.Collectors;

/** Why a result is what it is. */
public sealed interface SpfCause {
  /** In words, for people. */
  String text();

  /** A term that matched, in the record of that domain. */
  record Hit(String domain, String term) {}

  /**
   * A directive matched.
   *
   * @param hits from the first record inwards: an include, then what matched in it
   */
  record Matched(List<Hit> hits) implements SpfCause {
    public Matched {
      hits = List.copyOf(hits);
    }

    @Override
    public String text() {
      return hits.stream()
          .map(hit -> hit.term() + " of " + hit.domain())
          .collect(Collectors.joining(", then "));
    }
  }

  /** No directive of the record matched. */
  record NothingMatched(String domain) implements SpfCause {
    @Override
    public String text() {
      return "nothing in the record of " + domain + " matched";
    }
  }

  /** There is no domain to ask for: none given, one label, a literal, or malformed (§4.3). */
  record NoDomain(String given) implements SpfCause {
    @Override
    public String text() {
      return given.isEmpty() ? "no domain was given" : "no domain to ask for: " + given;
    }
  }

  /** The domain has no SPF record (§4.5). */
  record NoRecord(String domain) implements SpfCause {
    @Override
    public String text() {
      return domain + " has no SPF record";
    }
  }

  /** The domain has more than one SPF record (§4.5). */
  record SeveralRecords(String domain, int count) implements SpfCause {
    @Override
    public String text() {
      return domain + " has " + count + " SPF records";
    }
  }

  /**
   * The record breaks the grammar (§4.6).
   *
   * @param at index of the first wrong character, from 0
   * @param why in words
   */
  record BadRecord(String domain, int at, String why) implements SpfCause {
    @Override
    public String text() {
      return "the record of " + domain + " is wrong at character " + (at + 1) + ": " + why;
    }
  }

  /** An include or redirect leads to a domain without a usable record (§5.2, §6.1). */
  record DeadEnd(String domain, String term) implements SpfCause {
    @Override
    public String text() {
      return term + " of " + domain + " leads to no SPF record";
    }
  }

  /** The DNS failed, or the time was up. */
  record DnsFailed(String question, String why) implements SpfCause {
    @Override
    public String text() {
      return question + ": " + why;
    }
  }

  /** Too much to ask (§4.6.4). */
  record OverLimit(String domain, String term, String what) implements SpfCause {
    @Override
    public String text() {
      return term + " of " + domain + ": " + what;
    }
  }
}
