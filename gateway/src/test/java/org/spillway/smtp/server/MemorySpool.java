package org.spillway.smtp.server;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.spillway.mail.Content;
import org.spillway.mail.EntryId;
import org.spillway.route.SiteName;
import org.spillway.spool.Disposition;
import org.spillway.spool.Draft;
import org.spillway.spool.Entry;
import org.spillway.spool.Receipt;
import org.spillway.spool.Room;
import org.spillway.spool.Spool;

/** A spool in memory that can be told to be full, broken or stuck. */
public final class MemorySpool implements Spool {
  /** A message that was committed. */
  public record Kept(EntryId id, Draft.Accepted accepted, byte[] content) {
    /** Its content, one char a byte. */
    public String text() {
      return new String(content, StandardCharsets.ISO_8859_1);
    }
  }

  /** What was committed, in order. */
  public final List<Kept> kept = new CopyOnWriteArrayList<>();

  /** Drafts that were neither committed nor closed. */
  public final AtomicInteger openDrafts = new AtomicInteger();

  /** How full it says it is. */
  public volatile Room.Level level = Room.Level.NORMAL;

  /** What it says is broken. */
  public volatile Optional<String> broken = Optional.empty();

  /** True when writing fails. */
  public volatile boolean writeFails;

  /** What a commit comes to. */
  public volatile Function<EntryId, Receipt> receipt = id -> new Receipt.Safe(id, 1);

  @Override
  public Draft draft(EntryId id) {
    openDrafts.incrementAndGet();
    return new MemoryDraft(id);
  }

  private final class MemoryDraft implements Draft {
    private final EntryId id;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean closed;

    MemoryDraft(EntryId id) {
      this.id = id;
    }

    @Override
    public void write(ByteBuffer in) throws IOException {
      if (writeFails) {
        throw new IOException("no write today");
      }
      bytes.write(in.array(), in.arrayOffset() + in.position(), in.remaining());
      in.position(in.limit());
    }

    @Override
    public Content content() {
      byte[] all = bytes.toByteArray();
      return new Content() {
        @Override
        public long sizeBytes() {
          return all.length;
        }

        @Override
        public InputStream open() {
          return new ByteArrayInputStream(all);
        }
      };
    }

    @Override
    public Receipt commit(Accepted accepted) {
      Receipt said = receipt.apply(id);
      if (said instanceof Receipt.Safe) {
        kept.add(new Kept(id, accepted, bytes.toByteArray()));
      }
      return said;
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        openDrafts.decrementAndGet();
      }
    }
  }

  @Override
  public Optional<Entry> entry(EntryId id) {
    return Optional.empty();
  }

  @Override
  public void forEachLive(Consumer<Entry> visitor) {}

  @Override
  public long liveEntries() {
    return kept.size();
  }

  @Override
  public void attempt(EntryId id, List<Integer> recipients, SiteName site, String hop) {}

  @Override
  public void settle(EntryId id, Map<Integer, Disposition> standings) {}

  @Override
  public Room room() {
    return new Room(0, 1, level);
  }

  @Override
  public Optional<String> broken() {
    return broken;
  }

  @Override
  public void close() {}
}
