package org.spillway.report.parcel;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Unpacks gzip and zip, known by their first bytes, and stops as soon as a limit is passed: no bomb
 * is ever held whole (RFC 9990 §7.1). What was cut off in transit yields what had come.
 */
final class Unpacker {
  private static final int DEEPEST = 2;
  private static final int SMALL = 1 << 20;

  /** What came of it. */
  sealed interface Unpacked {}

  /** The files inside. */
  record Inside(List<Item> items) implements Unpacked {}

  /** A limit was passed, or it is no archive after all. */
  record Refused(String why) implements Unpacked {}

  private final ParcelLimits limits;
  private final List<String> remarks = new ArrayList<>();
  private long total;

  Unpacker(ParcelLimits limits) {
    this.limits = limits;
  }

  List<String> remarks() {
    return remarks;
  }

  static boolean isArchive(byte[] bytes) {
    return isGzip(bytes) || isZip(bytes);
  }

  /** RFC 1952 §2.3.1. */
  private static boolean isGzip(byte[] b) {
    return b.length > 2 && (b[0] & 0xff) == 0x1f && (b[1] & 0xff) == 0x8b;
  }

  private static boolean isZip(byte[] b) {
    return b.length > 4 && b[0] == 'P' && b[1] == 'K' && b[2] == 3 && b[3] == 4;
  }

  Unpacked unpack(Item archive) {
    return unpack(archive, 1);
  }

  private Unpacked unpack(Item archive, int depth) {
    if (depth > DEEPEST) {
      return new Refused("an archive in an archive in an archive");
    }
    try {
      List<Item> inside = isGzip(archive.bytes()) ? gzip(archive) : zip(archive);
      return nested(inside, depth);
    } catch (TooMuch limit) {
      return new Refused(limit.getMessage());
    } catch (IOException | IllegalArgumentException broken) { // a name that is not UTF-8
      return new Refused("not readable as an archive: " + why(broken));
    }
  }

  private static String why(Exception broken) {
    return broken.getMessage() == null ? broken.getClass().getSimpleName() : broken.getMessage();
  }

  private Unpacked nested(List<Item> inside, int depth) {
    List<Item> all = new ArrayList<>();
    for (Item item : inside) {
      if (!isArchive(item.bytes())) {
        all.add(item);
        continue;
      }
      switch (unpack(item, depth + 1)) {
        case Inside(List<Item> items) -> all.addAll(items);
        case Refused refused -> {
          return refused;
        }
      }
    }
    return new Inside(all);
  }

  private List<Item> gzip(Item archive) throws IOException {
    byte[] packed = archive.bytes();
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      byte[] bytes = copy(in, packed.length);
      String name = archive.name();
      return List.of(
          Item.of("", name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name, bytes));
    }
  }

  private List<Item> zip(Item archive) throws IOException {
    List<Item> items = new ArrayList<>();
    byte[] packed = archive.bytes();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(packed))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        if (items.size() == limits.mostItems()) {
          throw new TooMuch("more than " + limits.mostItems() + " files in an archive");
        }
        if (!entry.isDirectory()) {
          items.add(Item.of("", entry.getName(), copy(in, packed.length)));
        }
      }
    } catch (EOFException cut) {
      remarks.add("the archive is cut off");
    }
    if (items.isEmpty()) {
      throw new IOException("nothing in it");
    }
    return items;
  }

  /** Reads to the end or to where it breaks; a limit is an exception. */
  private byte[] copy(InputStream in, long packed) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[8_192];
    try {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        out.write(buffer, 0, n);
        total += n;
        check(packed);
      }
    } catch (TooMuch limit) {
      throw limit;
    } catch (IOException broken) {
      if (out.size() == 0) {
        throw broken;
      }
      remarks.add("the archive is damaged or cut off: " + why(broken));
    }
    return out.toByteArray();
  }

  private void check(long packed) throws TooMuch {
    if (total > limits.mostBytes()) {
      throw new TooMuch("unpacks to more than " + limits.mostBytes() + " bytes");
    }
    if (total > SMALL && total / Math.max(1, packed) > limits.mostRatio()) {
      throw new TooMuch("unpacks to more than " + limits.mostRatio() + " times its size");
    }
  }

  /** A limit was passed. */
  private static final class TooMuch extends IOException {
    private static final long serialVersionUID = 1;

    TooMuch(String why) {
      super(why);
    }
  }
}
