package org.spillway.smtp.client;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The header section of one MIME entity: what it says of its body, and how to say it anew. */
final class EntityHead {
  private static final String ENCODING = "content-transfer-encoding";
  private static final String TYPE = "content-type";

  private final List<byte[]> lines = new ArrayList<>();
  private boolean eightBit;
  private Optional<String> type = Optional.empty();
  private String encoding = "7bit";
  private boolean mimeVersion;

  void add(byte[] bytes, int length) {
    lines.add(java.util.Arrays.copyOf(bytes, length));
  }

  /** Reads the fields once all lines are there. */
  void close() {
    String field = "";
    for (byte[] line : lines) {
      for (byte b : line) {
        eightBit |= b < 0;
      }
      String text = new String(line, StandardCharsets.ISO_8859_1);
      if (isFolded(line)) {
        field += text; // RFC 5322 §2.2.3
      } else {
        read(field);
        field = text;
      }
    }
    read(field);
  }

  private static boolean isFolded(byte[] line) {
    return line.length > 0 && (line[0] == ' ' || line[0] == '\t');
  }

  private void read(String field) {
    switch (name(field)) {
      case TYPE -> type = Optional.of(field.substring(TYPE.length()).replaceFirst("\\s*:\\s*", ""));
      case ENCODING -> encoding = value(field);
      case "mime-version" -> mimeVersion = true;
      default -> {}
    }
  }

  private static String value(String field) {
    String value = field.substring(field.indexOf(':') + 1).strip().toLowerCase(Locale.ROOT);
    int end = value.indexOf(' ');
    return end < 0 ? value : value.substring(0, end);
  }

  private static String name(String field) {
    int colon = field.indexOf(':');
    return colon < 0 ? "" : field.substring(0, colon).strip().toLowerCase(Locale.ROOT);
  }

  boolean hasEightBit() {
    return eightBit;
  }

  /** The media type in lower case; text/plain where none is said (RFC 2045 §5.2). */
  String mediaType() {
    String whole = type.orElse("text/plain");
    int end = whole.indexOf(';');
    String bare = (end < 0 ? whole : whole.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    return bare.isEmpty() ? "text/plain" : bare;
  }

  /** The Content-Transfer-Encoding in lower case; 7bit where none is said (RFC 2045 §6.1). */
  String encoding() {
    return encoding;
  }

  /** True for a body whose bytes stand there as they are. */
  boolean isIdentity() {
    return !encoding.equals("quoted-printable") && !encoding.equals("base64");
  }

  /** The boundary parameter (RFC 2046 §5.1.1). */
  Optional<String> boundary() {
    String whole = type.orElse("");
    int at = whole.indexOf(';');
    while (at >= 0 && at < whole.length()) {
      int equals = whole.indexOf('=', at);
      if (equals < 0) {
        return Optional.empty();
      }
      String name = whole.substring(at + 1, equals).strip();
      int end = valueEnd(whole, equals + 1);
      if (name.equalsIgnoreCase("boundary")) {
        return Optional.of(unquoted(whole.substring(equals + 1, end))).filter(b -> !b.isEmpty());
      }
      at = whole.indexOf(';', end);
    }
    return Optional.empty();
  }

  private static int valueEnd(String text, int from) {
    boolean quoted = false;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && quoted) {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ';' && !quoted) {
        return i;
      }
    }
    return text.length();
  }

  private static String unquoted(String value) {
    String text = value.strip();
    if (!text.startsWith("\"")) {
      return text;
    }
    int end = text.endsWith("\"") && text.length() > 1 ? text.length() - 1 : text.length();
    return text.substring(1, end).replaceAll("\\\\(.)", "$1");
  }

  /**
   * Writes the section without its empty line.
   *
   * @param newEncoding what Content-Transfer-Encoding is to say; empty to leave it
   * @param top true for the message's own header section
   */
  void write(OutputStream out, Optional<String> newEncoding, boolean top) throws IOException {
    boolean drop = false;
    for (byte[] line : lines) {
      if (!isFolded(line)) {
        String name = name(new String(line, StandardCharsets.ISO_8859_1));
        drop = newEncoding.isPresent() && name.equals(ENCODING);
      }
      if (!drop) {
        out.write(line);
        out.write('\r');
        out.write('\n');
      }
    }
    if (newEncoding.isPresent()) {
      out.write(added(newEncoding.get(), top).getBytes(StandardCharsets.US_ASCII));
    }
  }

  private String added(String newEncoding, boolean top) {
    StringBuilder fields = new StringBuilder();
    if (top && !mimeVersion) {
      fields.append("MIME-Version: 1.0\r\n");
    }
    if (top && type.isEmpty()) { // RFC 1428 §3: nobody said which characters these are
      fields.append("Content-Type: text/plain; charset=unknown-8bit\r\n");
    }
    return fields.append("Content-Transfer-Encoding: " + newEncoding + "\r\n").toString();
  }
}
