package org.spillway.dns;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.spillway.dns.upstream.Deadline;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/** Asks until an answer is whole: follows aliases, and knows how long what it found may be kept. */
final class Lookup {
  private static final int MAX_QUESTIONS = 8;

  private final Source source;
  private final InstantSource clock;

  Lookup(Source source, InstantSource clock) {
    this.source = source;
    this.clock = clock;
  }

  /** What came of a look-up. */
  sealed interface Result {
    /** Records of the type asked for. */
    record Records(List<Record> records, boolean secure, Keep keep) implements Result {}

    /** None. */
    record None(boolean nameExists, Keep keep) implements Result {}

    /** No answer; when it was bogus, nothing older may stand in for it. */
    record Failure(String why, boolean bogus) implements Result {}
  }

  /**
   * For the cache.
   *
   * @param bytes the size of the answer on the wire
   */
  record Keep(long ttlSeconds, long bytes) {}

  Result ask(Question question, Deadline deadline) {
    Optional<Name> start = question.wire();
    if (start.isEmpty()) {
      return new Result.None(false, new Keep(0, 0));
    }
    AliasChain chain = new AliasChain(start.get(), question.type());
    boolean secure = true;
    long proofSeconds = Long.MAX_VALUE;
    for (int i = 0; i < MAX_QUESTIONS; i++) {
      Record asked = Record.newRecord(chain.name(), question.type(), DClass.IN);
      switch (source.ask(asked, deadline)) {
        case Source.Told.Unanswered(String why, boolean bogus) -> {
          return new Result.Failure(why, bogus);
        }
        case Source.Told.Answered(Message message, boolean proved) -> {
          secure &= proved;
          proofSeconds = Math.min(proofSeconds, proved ? proofSeconds(message) : Long.MAX_VALUE);
          AliasChain.Step step = chain.follow(message);
          if (step != AliasChain.Step.GO_ON) {
            Keep keep = new Keep(Math.min(chain.ttl(), proofSeconds), message.numBytes());
            return end(step, chain, secure, keep);
          }
        }
      }
    }
    return new Result.Failure("aliases over more than " + MAX_QUESTIONS + " answers", false);
  }

  private static Result end(AliasChain.Step step, AliasChain chain, boolean secure, Keep keep) {
    return switch (step) {
      case FOUND -> new Result.Records(chain.records(), secure, keep);
      case NO_DATA -> new Result.None(true, keep);
      case NO_NAME -> new Result.None(false, keep);
      case LOOP, GO_ON -> new Result.Failure("aliases without an end", false);
    };
  }

  /** RFC 4035 §5.3.3: no longer than the signatures hold, nor than the TTL that was signed. */
  private long proofSeconds(Message message) {
    Instant now = clock.instant();
    long seconds = Long.MAX_VALUE;
    for (int section : new int[] {Section.ANSWER, Section.AUTHORITY}) {
      for (Record record : message.getSection(section)) {
        if (record instanceof RRSIGRecord signature) {
          long left = signature.getExpire().getEpochSecond() - now.getEpochSecond();
          seconds = Math.min(seconds, Math.min(left, signature.getOrigTTL()));
        }
      }
    }
    return Math.max(0, seconds);
  }
}
