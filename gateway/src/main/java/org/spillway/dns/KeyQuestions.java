package org.spillway.dns;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;
import org.spillway.dns.upstream.Deadline;
import org.spillway.dns.upstream.Heard;
import org.spillway.dns.upstream.Upstream;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.Section;
import org.xbill.DNS.TSIG;
import org.xbill.DNS.Type;

/**
 * The servers as the validator asks them: for the answer itself and, link by link, for the keys
 * above it, which are kept.
 */
final class KeyQuestions implements Resolver {
  private static final int KEYS = 2_000;
  private static final Duration LONGEST = Duration.ofMinutes(15);

  private final BiFunction<Message, Deadline, Heard> servers;
  private final AnswerCache<Message> keys;

  KeyQuestions(BiFunction<Message, Deadline, Heard> servers, LongSupplier nanos) {
    this.servers = servers;
    this.keys = new AnswerCache<>(KEYS, nanos);
  }

  /**
   * One look-up with its proof; goes through the validator as the executor of its steps. Each step
   * that blocks is a virtual thread, since the validator goes on in threads that must not block.
   */
  static final class Chase implements Executor {
    private final Deadline deadline;
    private volatile Optional<Source.Told> trouble = Optional.empty();

    Chase(Deadline deadline) {
      this.deadline = deadline;
    }

    /** The first question of the proof that had no answer. */
    Optional<Source.Told> trouble() {
      return trouble;
    }

    @Override
    public void execute(Runnable step) {
      if (Thread.currentThread().isVirtual()) {
        step.run();
      } else {
        Thread.startVirtualThread(step);
      }
    }
  }

  @Override
  public CompletionStage<Message> sendAsync(Message query, Executor executor) {
    if (!(executor instanceof Chase chase)) {
      return CompletableFuture.failedFuture(new IOException("no look-up to ask for"));
    }
    Question question = question(query.getQuestion());
    Optional<Message> kept = isKey(question) ? keys.fresh(question) : Optional.empty();
    if (kept.isPresent()) {
      Message copy = kept.get().clone();
      copy.getHeader().setID(query.getHeader().getID());
      return CompletableFuture.completedFuture(copy);
    }
    CompletableFuture<Message> answer = new CompletableFuture<>();
    chase.execute(() -> answer(query, chase, answer));
    return answer;
  }

  private void answer(Message query, Chase chase, CompletableFuture<Message> answer) {
    try {
      switch (servers.apply(withProofs(query), chase.deadline)) {
        case Heard.Said(Message message) -> {
          keep(question(query.getQuestion()), message);
          answer.complete(message);
        }
        case Heard.Bogus(String why) -> fail(chase, answer, new Source.Told.Unanswered(why, true));
        case Heard.Trouble(String why) -> fail(chase, answer, unanswered(why));
        case Heard.Silence(String why) -> fail(chase, answer, unanswered(why));
        case Heard.Lame(String why) -> fail(chase, answer, unanswered(why));
        case Heard.OldServer(String why) -> fail(chase, answer, unanswered(why));
      }
    } catch (RuntimeException odd) {
      fail(chase, answer, unanswered(odd.toString()));
    }
  }

  /** The validator leaves EDNS to us, and so the wish for signatures (RFC 4035 §3.2.1). */
  private static Message withProofs(Message query) {
    if (query.getOPT() != null) {
      return query;
    }
    Message wishing = query.clone();
    wishing.addRecord(Upstream.edns(ExtendedFlags.DO), Section.ADDITIONAL);
    return wishing;
  }

  private static Source.Told unanswered(String why) {
    return new Source.Told.Unanswered(why, false);
  }

  private static void fail(Chase chase, CompletableFuture<Message> answer, Source.Told trouble) {
    chase.trouble = Optional.of(trouble);
    answer.completeExceptionally(new IOException(trouble.toString()));
  }

  private static Question question(Record question) {
    return Question.of(question.getName().toString(true), question.getType());
  }

  private static boolean isKey(Question question) {
    return question.type() == Type.DNSKEY || question.type() == Type.DS;
  }

  private void keep(Question question, Message message) {
    if (isKey(question) && message.getRcode() == Rcode.NOERROR) {
      long ttl =
          message.getSection(Section.ANSWER).stream().mapToLong(Record::getTTL).min().orElse(0);
      Duration fresh = Duration.ofSeconds(Math.min(ttl, LONGEST.toSeconds()));
      keys.put(
          question,
          message.clone(),
          new AnswerCache.Life(fresh, Duration.ZERO, message.numBytes()));
    }
  }

  /** Forgets the keys above a name: what came of them is bogus, and the next may be mended. */
  void forget(Name name) {
    String below = "." + name.toString(true).toLowerCase(java.util.Locale.ROOT);
    keys.forgetIf(key -> key.name().isEmpty() || below.endsWith("." + key.name()));
  }

  @Override
  public void setPort(int port) {
    // the servers have theirs
  }

  @Override
  public void setTCP(boolean always) {
    // only where an answer is cut
  }

  @Override
  public void setIgnoreTruncation(boolean ignored) {
    // never
  }

  @Override
  public void setEDNS(int version, int payload, int flags, List<EDNSOption> options) {
    // each query carries its own
  }

  @Override
  public void setTSIGKey(TSIG key) {
    // none
  }

  @Override
  public void setTimeout(Duration timeout) {
    // each look-up has its own
  }
}
