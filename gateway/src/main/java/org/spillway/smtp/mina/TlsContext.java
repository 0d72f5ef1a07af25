package org.spillway.smtp.mina;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.SSLContext;
import org.apache.mina.filter.ssl.SslFilter;

/** Our certificate as listeners use it; read again on demand, for the handshakes after that. */
public final class TlsContext {
  private volatile State state;

  /** What is in force: files, certificate and context change together. */
  private record State(TlsFiles files, X509Certificate certificate, SSLContext context) {}

  private TlsContext(State state) {
    this.state = state;
  }

  /** Reads the files; the exception says which one is wrong, and how. */
  public static TlsContext load(TlsFiles files) throws IOException {
    return new TlsContext(read(files));
  }

  /**
   * Reads files for the handshakes to come; nothing changes until what is returned is run.
   *
   * @throws IOException when they cannot be used; the message says which one is wrong, and how
   */
  public Runnable reading(TlsFiles files) throws IOException {
    State fresh = read(files);
    return () -> state = fresh;
  }

  /**
   * How long a certificate is still good for.
   *
   * @param file where it stands
   * @param end when it ends
   * @param left until then; negative when it has ended
   */
  public record Expiry(Path file, Instant end, Duration left) {
    static Expiry of(Path file, X509Certificate certificate, Instant now) {
      Instant end = certificate.getNotAfter().toInstant();
      return new Expiry(file, end, Duration.between(now, end));
    }

    /** Whole days left, for a metric and an alarm; negative when it has ended. */
    public long days() {
      return Math.floorDiv(left.toSeconds(), Duration.ofDays(1).toSeconds());
    }
  }

  /** The end of the certificate in force. */
  public Expiry expiry(Instant now) {
    State current = state;
    return Expiry.of(current.files().certificate(), current.certificate(), now);
  }

  /** A filter for one session. */
  SslFilter filter() {
    SslFilter filter = new SslFilter(state.context());
    filter.setEnabledProtocols("TLSv1.2", "TLSv1.3"); // RFC 8996, RFC 9325 §3.1.1
    return filter;
  }

  private static State read(TlsFiles files) throws IOException {
    TlsFiles.Loaded loaded = files.load();
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(loaded.managers(), null, null);
      return new State(files, loaded.certificate(), context);
    } catch (GeneralSecurityException unusable) {
      throw new IOException(files.certificate() + " cannot be used", unusable);
    }
  }
}
