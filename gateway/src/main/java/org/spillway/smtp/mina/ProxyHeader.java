package org.spillway.smtp.mina;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import org.spillway.mail.AddressLiteral;

/** Reads the header of the PROXY protocol, versions 1 and 2, strictly. */
final class ProxyHeader {
  private static final byte[] V1 = "PROXY ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] V2 = {13, 10, 13, 10, 0, 13, 10, 'Q', 'U', 'I', 'T', 10};
  private static final int V1_LONGEST = 107;
  private static final int V2_FIXED = 16;
  private static final int V2_LONGEST = 4096;

  private ProxyHeader() {}

  /** What the bytes so far are. */
  sealed interface Result {
    /** The beginning of a header. */
    record More() implements Result {}

    /**
     * A header.
     *
     * @param source the client; empty when the proxy speaks for itself
     * @param length bytes of the header
     */
    record Header(Optional<Source> source, int length) implements Result {}

    /** No header. */
    record Bad(String why) implements Result {}
  }

  /** Where the client is. */
  record Source(InetAddress address, int port) {}

  private static final Result MORE = new Result.More();

  static Result parse(byte[] bytes, int length) {
    if (isStart(V1, bytes, length)) {
      return length < V1.length ? MORE : one(bytes, length);
    }
    if (isStart(V2, bytes, length)) {
      return length < V2_FIXED ? MORE : two(bytes, length);
    }
    return new Result.Bad("no PROXY header");
  }

  private static boolean isStart(byte[] signature, byte[] bytes, int length) {
    int count = Math.min(signature.length, length);
    return Arrays.equals(signature, 0, count, bytes, 0, count);
  }

  private static Result one(byte[] bytes, int length) {
    int end = 0;
    while (end < length && bytes[end] != '\n') {
      end++;
    }
    if (end >= V1_LONGEST) {
      return new Result.Bad("PROXY line too long");
    }
    if (end == length) {
      return MORE;
    }
    if (bytes[end - 1] != '\r') {
      return new Result.Bad("PROXY line without CRLF");
    }
    String line = new String(bytes, 0, end - 1, StandardCharsets.ISO_8859_1);
    if (line.equals("PROXY UNKNOWN") || line.startsWith("PROXY UNKNOWN ")) {
      return new Result.Header(Optional.empty(), end + 1);
    }
    int size = end + 1;
    return source(line.split(" ", -1))
        .<Result>map(s -> new Result.Header(Optional.of(s), size))
        .orElseGet(() -> new Result.Bad("malformed PROXY line"));
  }

  private static Optional<Source> source(String[] words) {
    if (words.length != 6) {
      return Optional.empty();
    }
    boolean six = words[1].equals("TCP6");
    Optional<InetAddress> from = AddressLiteral.ip(words[2]).filter(a -> fits(a, words[2], six));
    Optional<InetAddress> to = AddressLiteral.ip(words[3]).filter(a -> fits(a, words[3], six));
    OptionalInt port = port(words[4]);
    boolean sound = to.isPresent() && port.isPresent() && port(words[5]).isPresent();
    return sound && (six || words[1].equals("TCP4"))
        ? from.map(a -> new Source(a, port.getAsInt()))
        : Optional.empty();
  }

  private static boolean fits(InetAddress address, String text, boolean six) {
    return six ? text.contains(":") : address.getAddress().length == 4 && !text.contains(":");
  }

  private static OptionalInt port(String text) {
    if (!text.matches("0|[1-9][0-9]{0,4}")) {
      return OptionalInt.empty();
    }
    int port = Integer.parseInt(text);
    return port <= 65535 ? OptionalInt.of(port) : OptionalInt.empty();
  }

  private static Result two(byte[] bytes, int length) {
    int version = bytes[12] >> 4 & 15;
    int command = bytes[12] & 15;
    int family = bytes[13] & 0xff;
    int size = V2_FIXED + word(bytes, 14);
    if (version != 2 || command > 1 || size > V2_LONGEST) {
      return new Result.Bad("malformed PROXY v2 header");
    }
    if (length < size) {
      return MORE;
    }
    if (command == 0) {
      return new Result.Header(Optional.empty(), size); // LOCAL: the proxy's own connection
    }
    return switch (family) {
      case 0x11 -> tcp(bytes, size, 4);
      case 0x21 -> tcp(bytes, size, 16);
      default -> new Result.Bad("PROXY v2 for something else than TCP");
    };
  }

  private static Result tcp(byte[] bytes, int size, int width) {
    if (size < V2_FIXED + 2 * width + 4) {
      return new Result.Bad("PROXY v2 header too short");
    }
    try {
      byte[] address = Arrays.copyOfRange(bytes, V2_FIXED, V2_FIXED + width);
      int port = word(bytes, V2_FIXED + 2 * width);
      Source source = new Source(InetAddress.getByAddress(address), port);
      return new Result.Header(Optional.of(source), size);
    } catch (UnknownHostException impossible) {
      return new Result.Bad("PROXY v2 address of no length");
    }
  }

  private static int word(byte[] bytes, int at) {
    return (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff;
  }
}
