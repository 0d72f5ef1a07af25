package org.spillway.report.parcel;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** What somebody sent us, opened. */
public sealed interface Parcel {
  /**
   * Opened.
   *
   * @param subject of the mail; empty for a bare file
   * @param items all that lay inside, archives unpacked; may be empty
   * @param remarks what was wrong and got over, such as an archive that was cut off
   */
  record Opened(String subject, List<Item> items, List<String> remarks) implements Parcel {
    public Opened {
      items = List.copyOf(items);
      remarks = List.copyOf(remarks);
    }
  }

  /** Too large, a bomb, or nothing that we know. */
  record Refused(String why) implements Parcel {}

  /** Opens a mail or a file. Throws only what the stream throws. */
  static Parcel open(InputStream in, ParcelLimits limits) throws IOException {
    byte[] bytes = in.readNBytes(limits.mostPackedBytes() + 1);
    return bytes.length > limits.mostPackedBytes()
        ? new Refused("larger than " + limits.mostPackedBytes() + " bytes")
        : open(bytes, limits);
  }

  /** Opens a mail or a file. Never throws. */
  static Parcel open(byte[] bytes, ParcelLimits limits) {
    return new Opener(limits).open(bytes);
  }
}
