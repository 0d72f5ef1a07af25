package org.spillway.smtp.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.BitSet;
import java.util.Optional;

/**
 * Rewrites a message for a peer without 8BITMIME (RFC 6152 §3): parts that hold bytes above 127
 * become quoted-printable (text) or base64, everything else stays as it is. Two passes over the
 * content and no part of it kept: {@link #survey} finds the parts, {@link #copy} writes. Never to
 * be used on signed content.
 */
public final class SevenBit {
  private final BitSet parts;
  private final Optional<String> obstacle;

  private SevenBit(BitSet parts, Optional<String> obstacle) {
    this.parts = parts;
    this.obstacle = obstacle;
  }

  /** Looks which parts must be encoded. */
  public static SevenBit survey(InputStream content) throws IOException {
    Surveyor surveyor = new Surveyor();
    new MimeWalk(content, surveyor).run();
    return new SevenBit(surveyor.parts, surveyor.obstacle);
  }

  /** Why the message cannot be made 7-bit; empty when it can. */
  public Optional<String> obstacle() {
    return obstacle;
  }

  /** Writes the same content in 7 bits; lines end with CRLF. */
  public void copy(InputStream content, OutputStream out) throws IOException {
    new MimeWalk(content, new Copier(parts, out)).run();
  }

  private static final class Surveyor implements MimeWalk.Visitor {
    private final BitSet parts = new BitSet();
    private Optional<String> obstacle = Optional.empty();
    private int part = -1;
    private EntityHead head = new EntityHead();

    @Override
    public void head(EntityHead next, boolean top, boolean leaf) {
      head = next;
      part += leaf ? 1 : 0;
      if (next.hasEightBit()) {
        obstacle("a header field holds bytes above 127");
      }
      if (next.mediaType().equals("multipart/signed")) {
        obstacle("a part is signed");
      }
      boolean composite = !leaf && next.mediaType().startsWith("multipart/");
      if (composite && !next.isIdentity()) { // RFC 2045 §6.4 forbids it
        obstacle("a multipart is itself encoded");
      }
    }

    @Override
    public void leaf(LineChunks piece, boolean newLine) {
      if (!piece.hasEightBit()) {
        return;
      }
      parts.set(part);
      if (!head.isIdentity()) {
        obstacle("a part encoded as " + head.encoding() + " holds bytes above 127");
      } else if (head.mediaType().startsWith("message/")
          || head.mediaType().startsWith("multipart/")) { // RFC 2046 §5.2: must not be encoded
        obstacle("a part of type " + head.mediaType() + " cannot be encoded");
      }
    }

    @Override
    public void leafEnd(boolean lineEnd, boolean atEnd) {}

    @Override
    public void filler(LineChunks piece) {}

    @Override
    public void obstacle(String why) {
      obstacle = obstacle.or(() -> Optional.of(why));
    }
  }

  private static final class Copier implements MimeWalk.Visitor {
    private final BitSet parts;
    private final OutputStream out;
    private int part = -1;
    private BodyEncoder body;

    Copier(BitSet parts, OutputStream out) {
      this.parts = parts;
      this.out = out;
      this.body = new BodyEncoder.AsIs(out);
    }

    @Override
    public void head(EntityHead head, boolean top, boolean leaf) throws IOException {
      part += leaf ? 1 : 0;
      boolean encode = leaf && parts.get(part);
      boolean text = head.mediaType().startsWith("text/");
      boolean claimsMore = head.encoding().equals("8bit") || head.encoding().equals("binary");
      Optional<String> encoding =
          encode
              ? Optional.of(text ? "quoted-printable" : "base64")
              : claimsMore ? Optional.of("7bit") : Optional.empty();
      head.write(out, encoding, top);
      out.write('\r');
      out.write('\n');
      body =
          !encode
              ? new BodyEncoder.AsIs(out)
              : text ? new BodyEncoder.QuotedPrintable(out) : new BodyEncoder.InBase64(out);
    }

    @Override
    public void leaf(LineChunks piece, boolean newLine) throws IOException {
      if (newLine) {
        body.lineEnd();
      }
      body.piece(piece.bytes(), piece.length());
    }

    @Override
    public void leafEnd(boolean lineEnd, boolean atEnd) throws IOException {
      if (atEnd && lineEnd) {
        body.lineEnd();
      }
      body.end();
      // RFC 2046 §5.1.1: the line end before a boundary belongs to the boundary.
      if (atEnd ? body instanceof BodyEncoder.InBase64 : lineEnd) {
        out.write('\r');
        out.write('\n');
      }
    }

    @Override
    public void filler(LineChunks piece) throws IOException {
      for (int i = 0; i < piece.length(); i++) {
        byte b = piece.bytes()[i];
        out.write(b < 0 ? '?' : b);
      }
      if (piece.isEnded()) {
        out.write('\r');
        out.write('\n');
      }
    }

    @Override
    public void obstacle(String why) {}
  }
}
