package org.spillway.report;

import java.util.List;
import java.util.Optional;
import org.spillway.mail.Address;
import org.spillway.mail.Recipient;
import org.spillway.mail.Status;
import org.spillway.spool.Entry;

/** The part for people: which recipient, what happened, what to do. */
final class DsnWords {
  private static final int WIDTH = 72;

  private final String node;
  private final Optional<Address> postmaster;
  private final boolean utf8;

  DsnWords(String node, Optional<Address> postmaster, boolean utf8) {
    this.node = node;
    this.postmaster = postmaster;
    this.utf8 = utf8;
  }

  static String subject(Fate.Kind gravest) {
    return switch (gravest) {
      case FAILED -> "Your message could not be delivered";
      case DELAYED -> "Your message is delayed";
      case RELAYED -> "Your message was passed on";
      case DELIVERED -> "Your message was delivered";
    };
  }

  String write(Entry entry, List<Fate> fates) {
    StringBuilder text = new StringBuilder(1_000);
    paragraph(
        text,
        "This is the mail gateway "
            + node
            + ". It writes about your message of "
            + DsnWriter.DATE.format(entry.arrival().at())
            + ".");
    for (Fate.Kind kind : Fate.Kind.values()) {
      List<Fate> alike = fates.stream().filter(fate -> fate.kind() == kind).toList();
      if (!alike.isEmpty()) {
        paragraph(text, intro(kind));
        alike.forEach(fate -> recipient(text, entry, fate));
      }
    }
    String person = postmaster.map(Address::toString).orElse("postmaster@" + node);
    paragraph(
        text,
        "If you need help, forward this message to " + person + " and name " + entry.id() + ".");
    text.setLength(text.length() - 2);
    return text.toString();
  }

  private static void paragraph(StringBuilder text, String words) {
    text.append(Printable.wrap(words, "", WIDTH)).append("\r\n");
  }

  private static String intro(Fate.Kind kind) {
    return switch (kind) {
      case FAILED ->
          "It could not be delivered to the following recipients. No further attempt will be made.";
      case DELAYED ->
          "It could not be delivered to the following recipients yet. You need not send it again:"
              + " further attempts will be made, and you will be told if they fail.";
      case RELAYED ->
          "It was passed on for the following recipients to a mail system that sends no delivery"
              + " reports. You will hear no more unless delivery fails there.";
      case DELIVERED -> "It was delivered to the mailbox of the following recipients.";
    };
  }

  private void recipient(StringBuilder text, Entry entry, Fate fate) {
    Recipient recipient = entry.envelope().recipients().get(fate.recipient());
    String address = Printable.line(recipient.asGiven().toString(), 330, utf8);
    text.append("  <").append(address).append(">\r\n");
    String said = DsnFields.diagnostic(recipient, fate, utf8);
    if (!said.isEmpty() && fate.kind().compareTo(Fate.Kind.RELAYED) < 0) {
      text.append(Printable.wrap(who(fate), "    ", WIDTH));
      text.append(Printable.wrap(said, "      ", WIDTH));
    }
    fate.retryUntil()
        .filter(_ -> fate.kind() == Fate.Kind.DELAYED)
        .map(until -> "Attempts go on until " + DsnWriter.DATE.format(until) + ".")
        .ifPresent(until -> text.append(Printable.wrap(until, "    ", WIDTH)));
    if (fate.kind() == Fate.Kind.FAILED) {
      text.append(Printable.wrap(advice(fate.status()), "    ", WIDTH));
    }
    text.append("\r\n");
  }

  private static String who(Fate fate) {
    if (SmtpWords.reply(fate.diagnostic()).isEmpty()) {
      return "The reason:";
    }
    return fate.hop()
        .map(hop -> "The mail system " + Printable.line(SmtpWords.host(hop), 255, false) + " said:")
        .orElse("The recipient's mail system said:");
  }

  /** What the sender can do, by the subject of the status (RFC 3463 §3). */
  private static String advice(Status status) {
    if (status.subject() == 1) {
      return "Check the address for mistakes and send the message again.";
    }
    if (status.detail() == 4 && status.subject() == 3
        || status.subject() == 2 && status.detail() == 3) {
      return "The message is too large there. Send less at a time, or send it another way.";
    }
    if (status.subject() == 2) {
      return "The mailbox does not take mail at present. Try another way to reach the recipient.";
    }
    if (status.subject() == 4) {
      return "The recipient's mail system could not be reached. Send the message again later, or"
          + " try another way to reach the recipient.";
    }
    if (status.subject() == 7) {
      return "A rule does not allow this message. Ask the people who run the recipient's mail"
          + " system, or ours, what the rule asks for.";
    }
    return "Try another way to reach the recipient, or ask the people who run the recipient's mail"
        + " system.";
  }
}
