package org.spillway.deliver.courier;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Optional;
import org.spillway.auth.Fields;
import org.spillway.auth.dkim.BodyHash;
import org.spillway.auth.dkim.BodyHashes;
import org.spillway.auth.dkim.Canonical;
import org.spillway.smtp.client.SevenBit;
import org.spillway.spool.Entry;

/**
 * What stands above a copy: our signatures, our trace stamp, and the fields that were found at the
 * door.
 *
 * @param stamp the trace stamp with its CRLF
 * @param signatures signs
 */
record Heading(String stamp, Signatures signatures) {
  /** The whole of it, for a copy that goes out as it is, or in seven bits. */
  String over(Errand errand, Optional<SevenBit> sevenBit) throws IOException {
    Entry entry = errand.entry();
    StringBuilder text = new StringBuilder();
    if (entry.outgoing().bodyHash().isPresent()) {
      String hash = entry.outgoing().bodyHash().get();
      Copy copy = sevenBit.isPresent() ? rewritten(entry, sevenBit.get()) : asItIs(entry, hash);
      signatures.over(copy.fields, copy.body, errand.site()).forEach(text::append);
    }
    return text.append(stamp).append(entry.outgoing().topFields()).toString();
  }

  private record Copy(Fields fields, BodyHash body) {}

  /** The hash was taken when it came in: only the header section is read. */
  private static Copy asItIs(Entry entry, String hash) throws IOException {
    long body = entry.content().sizeBytes() - entry.facts().headerBytes();
    return new Copy(
        Fields.of(entry.content()), new BodyHash(Canonical.RELAXED, Long.MAX_VALUE, hash, body));
  }

  private static Copy rewritten(Entry entry, SevenBit sevenBit) throws IOException {
    Splitter splitter = new Splitter();
    try (InputStream in = entry.content().open()) {
      sevenBit.copy(in, splitter);
    }
    Fields fields = Fields.of(splitter.header, splitter.length);
    return new Copy(fields, splitter.bodies.of(Canonical.RELAXED));
  }

  /** Keeps the header section and hashes the body of what is written to it. */
  private static final class Splitter extends OutputStream {
    private final BodyHashes bodies = new BodyHashes();
    private byte[] header = new byte[4096];
    private int length;
    private int lineStart;
    private boolean inBody;

    Splitter() {
      bodies.need(Canonical.RELAXED);
    }

    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) {
      int at = from;
      while (!inBody && at < from + count) {
        header(bytes[at++]);
      }
      bodies.feed(bytes, at, from + count - at);
    }

    private void header(byte b) {
      if (length == header.length) {
        header = Arrays.copyOf(header, length * 2);
      }
      header[length++] = b;
      if (b == '\n') {
        inBody = length - lineStart == 2;
        lineStart = length;
      }
    }
  }
}
