package org.spillway.smtp.server;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.spillway.mail.ContentFacts;

/** Sees the content once, as it comes in, and keeps what later steps need to know of it. */
public final class FactsCollector {
  private static final int SUBJECT = 200;
  private static final int STAMPS = 100;
  private static final int VALUE = 998;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private final MessageDigest bodyHash = sha256();
  private int receivedHops;
  private boolean eightBit;
  private boolean eightBitHeaders;
  private boolean signed;
  private boolean autoSubmitted;
  private boolean dated;
  private boolean tlsOptional;
  private Optional<String> messageId = Optional.empty();
  private Optional<String> subject = Optional.empty();
  private final List<String> traceStamps = new ArrayList<>();

  FactsCollector() {}

  /** The facts of a whole message that is in memory, for example a notification of ours. */
  public static ContentFacts of(byte[] message) {
    int header = headerLength(message);
    FactsCollector facts = new FactsCollector();
    facts.headers(message, header);
    facts.body(message, header, message.length - header);
    return facts.facts(message.length, header);
  }

  private static int headerLength(byte[] message) {
    for (int i = 3; i < message.length; i++) {
      boolean empty = message[i - 3] == '\r' && message[i - 2] == '\n';
      if (empty && message[i - 1] == '\r' && message[i] == '\n') {
        return i + 1;
      }
    }
    return message.length;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible); // every Java has it
    }
  }

  /** The whole header section, as received. */
  void headers(byte[] bytes, int length) {
    eightBitHeaders = hasEightBit(bytes, 0, length);
    HeaderFields.visit(bytes, length, this::field);
  }

  private void field(String name, Supplier<String> value) {
    switch (name) {
      case "received" -> receivedHops++;
      case "date" -> dated = true;
      case "message-id" -> messageId = messageId.or(() -> Optional.of(cut(value.get())));
      case "subject" ->
          subject = subject.or(() -> Optional.of(EncodedWords.decode(value.get(), SUBJECT)));
      case "dkim-signature", "arc-seal", "arc-message-signature" -> signed = true;
      case "content-type" -> signed |= isSignedType(value.get());
      case "auto-submitted" -> autoSubmitted |= !firstWord(value.get()).equals("no"); // RFC 3834 §5
      case "precedence" -> autoSubmitted |= isBulk(firstWord(value.get()));
      case "tls-required" -> tlsOptional |= firstWord(value.get()).equals("no"); // RFC 8689 §3
      case "x-spillway-trace" -> stamp(value.get());
      default -> {}
    }
  }

  private static String cut(String value) {
    return value.length() <= VALUE ? value : value.substring(0, VALUE);
  }

  private void stamp(String value) {
    if (traceStamps.size() < STAMPS) {
      traceStamps.add(cut(value));
    }
  }

  private static boolean isSignedType(String value) {
    String type = firstWord(value);
    return switch (type) {
      case "multipart/signed", "multipart/encrypted" -> true; // RFC 1847
      case "application/pkcs7-mime", "application/x-pkcs7-mime" -> true; // RFC 8551 §3
      default -> false;
    };
  }

  private static boolean isBulk(String word) {
    return word.equals("bulk") || word.equals("junk") || word.equals("list");
  }

  private static String firstWord(String value) {
    int end = 0;
    while (end < value.length() && " ;(".indexOf(value.charAt(end)) < 0) {
      end++;
    }
    return value.substring(0, end).toLowerCase(Locale.ROOT);
  }

  /** The next bytes of the body. */
  void body(byte[] bytes, int offset, int length) {
    bodyHash.update(bytes, offset, length);
    eightBit = eightBit || hasEightBit(bytes, offset, length);
  }

  private static boolean hasEightBit(byte[] bytes, int offset, int length) {
    long seen = 0;
    int at = offset;
    int end = offset + length;
    for (; at + 8 <= end; at += 8) {
      seen |= (long) LONGS.get(bytes, at);
    }
    for (; at < end; at++) {
      seen |= (long) bytes[at] & 0x80;
    }
    return (seen & 0x8080808080808080L) != 0;
  }

  boolean hasDate() {
    return dated;
  }

  boolean hasMessageId() {
    return messageId.isPresent();
  }

  /** A Message-ID that we gave it. */
  void gave(String id) {
    messageId = Optional.of(id);
  }

  /** Everything, at the end. */
  ContentFacts facts(long sizeBytes, long headerBytes) {
    return new ContentFacts(
        sizeBytes,
        headerBytes,
        HexFormat.of().formatHex(bodyHash.digest()),
        receivedHops,
        eightBit,
        eightBitHeaders,
        signed,
        autoSubmitted,
        messageId,
        subject,
        traceStamps,
        tlsOptional);
  }
}
