package org.spillway.smtp.client;

import java.util.Locale;
import org.spillway.mail.Notify;
import org.spillway.mail.Recipient;
import org.spillway.smtp.Capability;
import org.spillway.smtp.Xtext;

/** Writes MAIL and RCPT with the parameters that the peer knows. */
final class Commands {
  private Commands() {}

  static String mail(Transaction transaction, Capabilities peer) {
    StringBuilder line = new StringBuilder(96).append("MAIL FROM:<");
    line.append(transaction.from()).append('>');
    if (peer.has(Capability.SIZE) && transaction.sizeBytes().isPresent()) {
      line.append(" SIZE=").append(transaction.sizeBytes().getAsLong()); // RFC 1870 §3
    }
    if (peer.has(Capability.EIGHTBITMIME) && transaction.eightBit()) {
      line.append(" BODY=8BITMIME"); // RFC 6152 §2
    }
    if (peer.has(Capability.SMTPUTF8) && transaction.utf8()) {
      line.append(" SMTPUTF8"); // RFC 6531 §3.4
    }
    if (peer.has(Capability.DSN)) { // RFC 3461 §5.2.1: passed on as they came
      transaction.ret().ifPresent(ret -> line.append(" RET=").append(ret));
      transaction.envid().ifPresent(id -> line.append(" ENVID=").append(Xtext.encode(id)));
    }
    if (transaction.requireTls() && peer.has(Capability.REQUIRETLS)) {
      line.append(" REQUIRETLS"); // RFC 8689 §4.2.1
    }
    return line.append("\r\n").toString();
  }

  static String rcpt(Recipient recipient, Capabilities peer) {
    StringBuilder line = new StringBuilder(64).append("RCPT TO:<");
    line.append(recipient.address()).append('>');
    if (peer.has(Capability.DSN)) {
      if (!recipient.notifyOn().isEmpty()) {
        line.append(" NOTIFY=").append(notifyWords(recipient));
      }
      recipient.orcpt().ifPresent(orcpt -> line.append(" ORCPT=").append(originalRecipient(orcpt)));
    }
    return line.append("\r\n").toString();
  }

  private static String notifyWords(Recipient recipient) {
    StringBuilder words = new StringBuilder();
    for (Notify word : Notify.values()) {
      if (recipient.notifyOn().contains(word)) {
        words.append(words.isEmpty() ? "" : ",").append(word);
      }
    }
    return words.toString();
  }

  private static String originalRecipient(String orcpt) {
    int semicolon = orcpt.indexOf(';');
    String type = orcpt.substring(0, semicolon + 1);
    String address = orcpt.substring(semicolon + 1);
    return type + (type.equalsIgnoreCase("utf-8;") ? unitext(address) : Xtext.encode(address));
  }

  /** RFC 6533 §3: utf-8-addr-xtext, which any peer can take. */
  private static String unitext(String plain) {
    StringBuilder text = new StringBuilder();
    plain
        .codePoints()
        .forEach(
            c -> {
              if (c != '\\' && isPlain(c)) {
                text.append((char) c);
              } else {
                text.append("\\x{").append(Integer.toHexString(c).toUpperCase(Locale.ROOT));
                text.append('}');
              }
            });
    return text.toString();
  }

  private static boolean isPlain(int c) {
    return c > 32 && c < 127 && c != '+' && c != '=';
  }
}
