package org.spillway.smtp.mina;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.spillway.mail.Reply;
import org.spillway.mail.TlsInfo;
import org.spillway.smtp.server.ContentBudget;

/**
 * What is to be done in one conversation, in which order, and whether somebody is at it: one worker
 * at a time takes work until there is none, so that a dialog needs no lock and an idle session no
 * thread.
 */
final class Agenda {
  private enum Stage {
    /** Waiting for the PROXY header or for implicit TLS. */
    NEW,
    /** To be greeted. */
    READY,
    OPEN,
    /** STARTTLS was answered: what comes in the clear is dropped (CVE-2011-0411). */
    HANDSHAKE,
    /** Nothing more is heard. */
    DEAF,
    GONE
  }

  private final Inbox inbox;
  private Stage stage = Stage.NEW;
  private Optional<TlsInfo> secured = Optional.empty();
  private Optional<Reply> dismissal = Optional.empty();
  private Optional<Reply> stopping = Optional.empty();
  private boolean ended;
  private boolean working;
  private boolean goneTold;

  Agenda(ContentBudget budget) {
    inbox = new Inbox(budget);
  }

  /** Everything is known that the greeting needs. */
  synchronized void ready() {
    move(Stage.READY);
  }

  /** The 220 to STARTTLS is about to be sent. */
  synchronized void handshake() {
    move(Stage.HANDSHAKE);
  }

  /** The handshake is done; true when it was STARTTLS, false when TLS was there from the start. */
  synchronized boolean secured(TlsInfo tls) {
    boolean startTls = stage == Stage.HANDSHAKE;
    if (startTls) {
      secured = Optional.of(tls);
      move(Stage.OPEN);
    }
    return startTls;
  }

  /** The last reply is on its way. */
  synchronized void deaf() {
    move(Stage.DEAF);
  }

  synchronized void gone() {
    move(Stage.GONE);
  }

  /*
   * to        | from                | and
   * READY     | NEW                 |
   * OPEN      | READY, HANDSHAKE    |
   * HANDSHAKE | OPEN                | the inbox is emptied
   * DEAF      | any but GONE        | the inbox is emptied
   * GONE      | any                 | the inbox is emptied
   */
  private void move(Stage to) {
    if (stage == Stage.GONE || stage == Stage.DEAF && to != Stage.GONE) {
      return;
    }
    stage = to;
    notifyAll();
    if (to == Stage.HANDSHAKE || to == Stage.DEAF || to == Stage.GONE) {
      inbox.clear();
    }
  }

  /**
   * Takes bytes; true when reading should pause. MINA may hand over the first secure bytes before
   * it says that the handshake is done.
   */
  synchronized boolean add(ByteBuffer bytes, boolean secure) {
    boolean heard =
        switch (stage) {
          case NEW, READY, OPEN -> true;
          case HANDSHAKE -> secure;
          case DEAF, GONE -> false;
        };
    if (heard) {
      inbox.add(bytes);
      notifyAll();
    }
    return inbox.isFull();
  }

  /** True when reading may go on. */
  synchronized boolean hasRoom() {
    return inbox.hasRoom();
  }

  synchronized void ended() {
    ended = true;
    notifyAll();
  }

  /** Close as soon as nothing else is being done. */
  synchronized void dismiss(Reply reply) {
    dismissal = Optional.of(reply);
  }

  /** Close as soon as no transaction is under way. */
  synchronized void stop(Reply reply) {
    stopping = Optional.of(reply);
    notifyAll();
  }

  /**
   * Waits for bytes, no longer when nothing more will come; asked by the worker.
   *
   * @return bytes that are there
   */
  synchronized long listen(long nanos, LongSupplier stopwatch) {
    await(nanos, stopwatch, () -> !inbox.isEmpty() || ended);
    return inbox.bytes();
  }

  /** Waits, no longer when the client is gone or we stop; asked by the worker. */
  synchronized void pause(long nanos, LongSupplier stopwatch) {
    await(nanos, stopwatch, () -> false);
  }

  private synchronized void await(long nanos, LongSupplier stopwatch, BooleanSupplier enough) {
    long end = stopwatch.getAsLong() + nanos;
    long left = nanos;
    while (left > 0 && stage == Stage.OPEN && stopping.isEmpty() && !enough.getAsBoolean()) {
      try {
        TimeUnit.NANOSECONDS.timedWait(this, left); // a virtual thread leaves its carrier
      } catch (InterruptedException stop) {
        Thread.currentThread().interrupt();
        return;
      }
      left = end - stopwatch.getAsLong();
    }
  }

  /** True when the caller must start a worker. */
  synchronized boolean claim() {
    boolean start = !working;
    working = true;
    return start;
  }

  synchronized boolean isWorking() {
    return working;
  }

  synchronized boolean isInboxEmpty() {
    return inbox.isEmpty();
  }

  /**
   * The next thing to do; empty when there is none, and then the worker must end.
   *
   * @param readable false while replies pile up unread
   * @param stoppable false within a transaction
   */
  synchronized Optional<Work> next(BooleanSupplier readable, BooleanSupplier stoppable) {
    Optional<Work> work = choose(readable, stoppable);
    working = work.isPresent();
    return work;
  }

  private Optional<Work> choose(BooleanSupplier readable, BooleanSupplier stoppable) {
    return switch (stage) {
      case NEW, HANDSHAKE, DEAF -> Optional.empty();
      case READY -> {
        move(Stage.OPEN);
        yield Optional.of(new Work.Open());
      }
      case OPEN -> open(readable, stoppable);
      case GONE -> {
        boolean told = goneTold;
        goneTold = true;
        yield told ? Optional.empty() : Optional.of(new Work.Gone());
      }
    };
  }

  private Optional<Work> open(BooleanSupplier readable, BooleanSupplier stoppable) {
    if (secured.isPresent()) {
      Work work = new Work.Secured(secured.get());
      secured = Optional.empty();
      return Optional.of(work);
    }
    if (dismissal.isPresent()) {
      return dismissal.map(Work.Dismiss::new);
    }
    if (!inbox.isEmpty()) {
      return readable.getAsBoolean() ? inbox.next().map(Work.Bytes::new) : Optional.empty();
    }
    if (ended) {
      return Optional.of(new Work.Ended());
    }
    return stopping.filter(_ -> stoppable.getAsBoolean()).map(Work.Dismiss::new);
  }
}
