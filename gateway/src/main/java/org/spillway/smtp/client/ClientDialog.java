package org.spillway.smtp.client;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.spillway.mail.Reply;
import org.spillway.smtp.Capability;

/**
 * One transaction as the client side of SMTP or LMTP (RFC 5321 §3.3, RFC 2033 §4.2), without a
 * socket. The carrier asks {@link #next} and does what it says, until it says Ended; a peer with
 * PIPELINING gets its commands in one piece (RFC 2920 §3.1), any other one at a time.
 *
 * <pre>
 *  next()     asked when                             then
 *  Hear       a reply is still owed                  take(reply)
 *  Say        commands are left and worth sending    their replies are owed
 *  Content    354, and a recipient was accepted      the final replies are owed
 *  Say "."    354, but no recipient was accepted     one reply is owed, it means nothing
 *  Ended      all is said
 * </pre>
 */
public final class ClientDialog {
  private static final int MAX_GROUP = 64; // so that the peer's replies never fill both windows

  private final boolean lmtp;
  private final int groupSize;
  private final int recipients;
  private final Deque<Command> commands = new ArrayDeque<>();
  private final Deque<Command> owed = new ArrayDeque<>();
  private final Set<Integer> accepted = new LinkedHashSet<>();
  private final Map<Integer, Answer> answers = new HashMap<>();
  private boolean goAhead;
  private boolean open;
  private boolean ended;
  private boolean closing;

  /** One command whose reply is awaited. */
  private record Command(Phase phase, OptionalInt recipient, String text) {}

  /**
   * What the peer said of one recipient.
   *
   * @param phase the command it answered
   * @param reply its words
   */
  public record Answer(Phase phase, Reply reply) {}

  /**
   * Begins a transaction.
   *
   * @param lmtp true for one reply per recipient after the final dot (RFC 2033 §4.2)
   * @param resetFirst true when the transaction before was left unfinished
   */
  public ClientDialog(
      Transaction transaction, Capabilities peer, boolean lmtp, boolean resetFirst) {
    this.lmtp = lmtp;
    this.groupSize = peer.has(Capability.PIPELINING) ? MAX_GROUP : 1;
    this.recipients = transaction.recipients().size();
    if (resetFirst) {
      commands.add(new Command(Phase.RSET, OptionalInt.empty(), "RSET\r\n"));
    }
    String mail = Commands.mail(transaction, peer);
    commands.add(new Command(Phase.MAIL, OptionalInt.empty(), mail));
    for (int i = 0; i < recipients; i++) {
      String rcpt = Commands.rcpt(transaction.recipients().get(i), peer);
      commands.add(new Command(Phase.RCPT, OptionalInt.of(i), rcpt));
    }
    commands.add(new Command(Phase.DATA, OptionalInt.empty(), "DATA\r\n"));
  }

  /** What to do now. */
  public Want next() {
    if (!owed.isEmpty()) {
      return new Want.Hear(owed.peek().phase());
    }
    if (goAhead) {
      goAhead = false;
      return accepted.isEmpty() ? loneDot() : content();
    }
    if (ended || commands.isEmpty() || isVain()) {
      ended = true;
      return new Want.Ended();
    }
    return group();
  }

  private boolean isVain() {
    return commands.peek().phase() == Phase.DATA && accepted.isEmpty();
  }

  private Want group() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < groupSize && !commands.isEmpty(); i++) {
      Command command = commands.poll();
      text.append(command.text());
      owed.add(command);
    }
    return new Want.Say(text.toString());
  }

  private Want content() {
    if (lmtp) {
      accepted.forEach(i -> owed.add(new Command(Phase.FINAL_DOT, OptionalInt.of(i), "")));
    } else {
      owed.add(new Command(Phase.FINAL_DOT, OptionalInt.empty(), ""));
    }
    return new Want.Content();
  }

  /** RFC 2920 §3.1: a peer that says 354 without a recipient gets an empty message. */
  private Want loneDot() {
    if (lmtp) { // RFC 2033 §4.2 owes no reply then; nobody knows what such a peer sends
      closing = true;
      ended = true;
      return new Want.Ended();
    }
    owed.add(new Command(Phase.FINAL_DOT, OptionalInt.empty(), ""));
    return new Want.Say(".\r\n");
  }

  /** Takes the reply that {@link Want.Hear} asked for. */
  public void take(Reply reply) {
    Command command = owed.remove();
    switch (command.phase()) {
      case MAIL -> mail(reply);
      case RCPT -> rcpt(command.recipient().getAsInt(), reply);
      case DATA -> data(reply);
      case FINAL_DOT -> finalDot(command.recipient(), reply);
      case RSET -> reset(reply);
      case GREETING, EHLO, STARTTLS, AUTH, QUIT -> throw new IllegalStateException();
    }
    if (reply.code() == 421) { // RFC 5321 §3.8: the peer closes, whatever else was asked
      closing = true;
      if (command.phase() != Phase.FINAL_DOT) {
        stop(command.phase(), reply);
      }
    }
  }

  private void reset(Reply reply) {
    if (!reply.isPositive()) {
      closing = true;
      stop(Phase.RSET, reply);
    }
  }

  private void mail(Reply reply) {
    open = reply.isPositive();
    if (!open) {
      answerAll(Phase.MAIL, reply);
      commands.clear();
    }
  }

  private void rcpt(int recipient, Reply reply) {
    if (!reply.isPositive()) {
      answers.putIfAbsent(recipient, new Answer(Phase.RCPT, reply));
    } else if (!answers.containsKey(recipient)) {
      accepted.add(recipient);
    }
  }

  private void data(Reply reply) {
    goAhead = reply.code() / 100 == 3;
    if (!goAhead) {
      accepted.forEach(i -> answers.putIfAbsent(i, new Answer(Phase.DATA, reply)));
    }
  }

  private void finalDot(OptionalInt recipient, Reply reply) {
    open = false;
    Answer answer = new Answer(Phase.FINAL_DOT, reply);
    if (recipient.isPresent()) {
      answers.put(recipient.getAsInt(), answer);
    } else {
      accepted.forEach(i -> answers.put(i, answer));
    }
  }

  private void stop(Phase phase, Reply reply) {
    answerAll(phase, reply);
    owed.clear();
    commands.clear();
    goAhead = false;
    ended = true;
  }

  private void answerAll(Phase phase, Reply reply) {
    for (int i = 0; i < recipients; i++) {
      answers.putIfAbsent(i, new Answer(phase, reply));
    }
  }

  /** What was said of each recipient so far, by its index. */
  public Map<Integer, Answer> answers() {
    return answers;
  }

  /** Recipients without an answer, for when the connection breaks. */
  public List<Integer> unanswered() {
    List<Integer> left = new ArrayList<>();
    for (int i = 0; i < recipients; i++) {
      if (!answers.containsKey(i)) {
        left.add(i);
      }
    }
    return left;
  }

  /** True when the next transaction on this connection must begin with RSET. */
  public boolean isUnfinished() {
    return open;
  }

  /** True when the connection can carry no other transaction. */
  public boolean isClosing() {
    return closing;
  }
}
