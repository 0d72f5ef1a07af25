package org.spillway.auth.dkim;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.spillway.mail.Content;

/**
 * The hashes of one body that anyone needs, each taken once, in one pass: first all say what they
 * need, then the body is fed, then the hashes can be had. Not for several threads at once.
 */
public final class BodyHashes {
  private static final int PIECE = 32 * 1024;

  private final List<BodyHasher> hashers = new ArrayList<>(2);

  /** Asks for the hash of the whole body, before any of it is fed. */
  public BodyHasher need(Canonical canonical) {
    return need(canonical, Long.MAX_VALUE);
  }

  /** Asks for the hash of the first bytes of the prepared body, before any of it is fed. */
  public BodyHasher need(Canonical canonical, long limitBytes) {
    for (BodyHasher hasher : hashers) {
      if (hasher.does(canonical, limitBytes)) {
        return hasher;
      }
    }
    BodyHasher hasher = new BodyHasher(canonical, limitBytes);
    hashers.add(hasher);
    return hasher;
  }

  /** True when nobody needs a hash: the body need not be fed. */
  public boolean isEmpty() {
    return hashers.isEmpty();
  }

  /** Takes the next bytes of the body, in pieces of any size. */
  public void feed(byte[] bytes, int from, int count) {
    for (BodyHasher hasher : hashers) {
      hasher.feed(bytes, from, count);
    }
  }

  /** Feeds the body of a message, which begins after so many bytes. */
  public void feed(Content content, long headerBytes) throws IOException {
    if (hashers.isEmpty()) {
      return;
    }
    byte[] piece = new byte[PIECE];
    try (InputStream in = content.open()) {
      in.skipNBytes(headerBytes);
      for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
        feed(piece, 0, count);
      }
    }
  }

  /** The hash of the whole body, when it was asked for before the body was fed. */
  public BodyHash of(Canonical canonical) {
    return need(canonical).finish();
  }
}
