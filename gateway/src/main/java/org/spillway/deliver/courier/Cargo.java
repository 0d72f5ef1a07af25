package org.spillway.deliver.courier;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.spillway.deliver.Effect;
import org.spillway.deliver.Outcome;
import org.spillway.mail.Content;
import org.spillway.mail.ContentFacts;
import org.spillway.mail.Reply;
import org.spillway.smtp.Capability;
import org.spillway.smtp.client.Capabilities;
import org.spillway.smtp.client.DotStuffer;
import org.spillway.smtp.client.SevenBit;
import org.spillway.smtp.client.Transaction;

/**
 * One copy made fit for one peer: what the transaction says, how the content goes out, and the
 * recipients that this peer cannot be given.
 */
final class Cargo {
  private static final int BLOCK = 16 << 10;

  private final Errand errand;
  private final String top;
  private final Map<Integer, Outcome> refused = new HashMap<>();
  private final List<Integer> carried = new ArrayList<>();
  private final boolean utf8;
  private final Optional<SevenBit> sevenBit;
  private boolean requireTls;

  /** Our own disk or spool failed, not the peer. */
  static final class LocalFailure extends IOException {
    private static final long serialVersionUID = 1L;

    LocalFailure(IOException cause) {
      super(cause.getMessage(), cause);
    }
  }

  private Cargo(Errand errand, String top, boolean utf8, Optional<SevenBit> sevenBit) {
    this.errand = errand;
    this.top = top;
    this.utf8 = utf8;
    this.sevenBit = sevenBit;
  }

  /** Looks at what the peer can do. */
  static Cargo pack(Errand errand, Heading heading, Connection to) throws LocalFailure {
    Capabilities peer = to.capabilities();
    ContentFacts facts = errand.entry().facts();
    boolean eightBit = facts.eightBit() || facts.eightBitHeaders();
    boolean reencode = eightBit && !peer.has(Capability.EIGHTBITMIME);
    boolean possible = reencode && !facts.signed() && !facts.eightBitHeaders();
    Optional<SevenBit> sevenBit =
        possible ? Optional.of(survey(errand.entry().content())) : Optional.empty();
    boolean utf8 = !errand.envelope().from().address().map(a -> a.isAscii()).orElse(true);
    utf8 |= errand.envelope().smtputf8() && facts.eightBitHeaders();
    Cargo cargo = new Cargo(errand, top(errand, heading, sevenBit), utf8, sevenBit);
    if (utf8 && !peer.has(Capability.SMTPUTF8)) { // RFC 6531 §3.2: never downgraded
      cargo.refuseAll(to.hop(), 550, "5.6.7", "the next host lacks SMTPUTF8", new Effect.None());
    } else if (reencode && !possible) {
      String why = facts.signed() ? "it is signed" : "its header fields are not ASCII";
      cargo.refuseAll(to.hop(), 554, "5.6.3", lacks(why), new Effect.None());
    } else if (sevenBit.flatMap(SevenBit::obstacle).isPresent()) {
      String why = sevenBit.flatMap(SevenBit::obstacle).orElseThrow();
      cargo.refuseAll(to.hop(), 554, "5.6.3", lacks(why), new Effect.None());
    } else if (cargo.isTooLarge(peer.sizeBytes())) { // RFC 1870 §6.1
      String why = "the next host takes at most " + peer.sizeBytes().getAsLong() + " bytes";
      cargo.refuseAll(to.hop(), 552, "5.3.4", why, new Effect.TooLargeHere());
    } else {
      cargo.load(to);
    }
    return cargo;
  }

  private static String top(Errand errand, Heading heading, Optional<SevenBit> sevenBit)
      throws LocalFailure {
    try {
      return heading.over(errand, sevenBit);
    } catch (IOException broken) {
      throw new LocalFailure(broken);
    }
  }

  private static SevenBit survey(Content content) throws LocalFailure {
    try (InputStream in = content.open()) {
      return SevenBit.survey(in);
    } catch (IOException broken) {
      throw new LocalFailure(broken);
    }
  }

  private static String lacks(String why) {
    return "the next host lacks 8BITMIME, and the message cannot be re-encoded: " + why;
  }

  private void refuseAll(String hop, int code, String status, String why, Effect effect) {
    Outcome outcome = new Outcome.Failed(hop, Reply.of(code, status, why), effect);
    errand.recipients().forEach(i -> refused.put(i, outcome));
  }

  private boolean isTooLarge(OptionalLong limit) {
    return limit.isPresent() && sizeBytes() > limit.getAsLong();
  }

  private void load(Connection to) {
    requireTls = errand.envelope().requireTls() && to.keepsRequireTls();
    OptionalInt most = to.capabilities().recipients(); // RFC 9422 §3: RCPTMAX
    for (int i : errand.recipients()) {
      boolean ascii = errand.recipient(i).address().isAscii();
      if (!ascii && !to.capabilities().has(Capability.SMTPUTF8)) {
        Reply reply = Reply.of(550, "5.6.7", "the next host lacks SMTPUTF8");
        refused.put(i, new Outcome.Failed(to.hop(), reply, new Effect.None()));
      } else if (most.isPresent() && carried.size() >= most.getAsInt()) {
        Reply reply =
            Reply.of(452, "4.5.3", "the next host takes " + most.getAsInt() + " recipients");
        refused.put(i, new Outcome.Deferred(to.hop(), reply, new Effect.SplitRecipients()));
      } else {
        carried.add(i);
      }
    }
  }

  /** Outcomes that need no word to the peer. */
  Map<Integer, Outcome> refused() {
    return refused;
  }

  /** The recipients of the transaction, as indexes into the envelope. */
  List<Integer> carried() {
    return carried;
  }

  Transaction transaction() {
    ContentFacts facts = errand.entry().facts();
    boolean anyUtf8 = utf8 || carried.stream().anyMatch(i -> !isAscii(i));
    boolean eightBit = sevenBit.isEmpty() && (facts.eightBit() || facts.eightBitHeaders());
    return new Transaction(
        errand.envelope().from(),
        carried.stream().map(errand::recipient).toList(),
        sevenBit.isPresent() ? OptionalLong.empty() : OptionalLong.of(sizeBytes()),
        eightBit,
        anyUtf8,
        errand.envelope().ret(),
        errand.envelope().envid(),
        requireTls);
  }

  private boolean isAscii(int recipient) {
    return errand.recipient(recipient).address().isAscii();
  }

  long sizeBytes() {
    return errand.entry().content().sizeBytes() + top.length();
  }

  /** Writes heading and content, every line ended; not the final dot. */
  void send(OutputStream wire) throws IOException {
    DotStuffer stuffer = new DotStuffer(wire);
    stuffer.write(top.getBytes(StandardCharsets.UTF_8));
    try (InputStream in = open()) {
      if (sevenBit.isPresent()) {
        sevenBit.get().copy(new Guarded(in), stuffer);
      } else {
        copy(new Guarded(in), stuffer);
      }
    }
    stuffer.end();
  }

  private InputStream open() throws LocalFailure {
    try {
      return errand.entry().content().open();
    } catch (IOException broken) {
      throw new LocalFailure(broken);
    }
  }

  private void copy(InputStream in, OutputStream out) throws IOException {
    byte[] block = new byte[Math.clamp(errand.entry().content().sizeBytes(), 1, BLOCK)];
    for (int count = in.read(block); count > 0; count = in.read(block)) {
      out.write(block, 0, count);
    }
  }

  /** Tells a failure of ours from one of the peer. */
  private static final class Guarded extends InputStream {
    private final InputStream in;

    Guarded(InputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 1 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      try {
        return in.read(bytes, from, length);
      } catch (IOException broken) {
        throw new LocalFailure(broken);
      }
    }
  }
}
