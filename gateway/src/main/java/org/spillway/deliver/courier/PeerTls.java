package org.spillway.deliver.courier;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.spillway.deliver.tls.Authorities;
import org.spillway.mail.AddressLiteral;
import org.spillway.route.Site;
import org.spillway.smtp.mina.TlsFiles;

/**
 * Client side TLS on sockets that are already connected. The handshake takes any certificate; who
 * is there is judged right after it and before the next command, also for a resumed session, so
 * that one handshake serves every policy and their reports.
 */
final class PeerTls {
  private static final String[] SINCE_1_2 = {"TLSv1.3", "TLSv1.2"}; // RFC 8996
  private static final String[] SINCE_1_3 = {"TLSv1.3"};

  private final Map<Optional<Site.Identity>, SSLContext> contexts = new ConcurrentHashMap<>();
  private final Map<Optional<Path>, Authorities> authorities = new ConcurrentHashMap<>();

  /**
   * A connection after its handshake.
   *
   * @param chain as the peer showed it, its own certificate first
   */
  record Secured(SSLSocket socket, List<X509Certificate> chain) {}

  /**
   * Makes the handshake.
   *
   * @param host sent as SNI where it is a name (RFC 6066 §3, RFC 7672 §8.1, RFC 8461 §4.3)
   */
  Secured secure(Socket raw, String host, Site.Tls settings) throws IOException {
    SSLContext context = context(settings.identity());
    SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket(raw, host, raw.getPort(), true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setProtocols(
        switch (settings.least()) {
          case TLS_1_2 -> SINCE_1_2;
          case TLS_1_3 -> SINCE_1_3;
        });
    if (AddressLiteral.ip(host).isEmpty()) {
      parameters.setServerNames(List.of(new SNIHostName(host)));
    }
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    List<X509Certificate> chain = new ArrayList<>();
    for (Certificate each : socket.getSession().getPeerCertificates()) {
      chain.add((X509Certificate) each);
    }
    return new Secured(socket, List.copyOf(chain));
  }

  private SSLContext context(Optional<Site.Identity> identity) throws IOException {
    SSLContext known = contexts.get(identity);
    if (known != null) {
      return known;
    }
    KeyManager[] keys =
        identity.isPresent()
            ? new TlsFiles(identity.get().certificate(), identity.get().key()).load().managers()
            : new KeyManager[0];
    try {
      SSLContext made = SSLContext.getInstance("TLS");
      made.init(keys, new TrustManager[] {new TakesAny()}, null);
      contexts.put(identity, made);
      return made;
    } catch (GeneralSecurityException unusable) {
      throw new IOException("TLS: " + unusable.getMessage(), unusable);
    }
  }

  /** Whom to trust: those of the file, or the system's. */
  Authorities authorities(Optional<Path> caFile) throws IOException {
    Authorities known = authorities.get(caFile);
    if (known == null) {
      known = caFile.isPresent() ? Authorities.of(caFile.get()) : Authorities.system();
      authorities.put(caFile, known);
    }
    return known;
  }

  /** Reads authorities and certificates again at their next use. */
  void forget() {
    authorities.clear();
    contexts.clear();
  }

  /** The chain is judged by {@link org.spillway.deliver.tls.TlsJudge}. */
  private static final class TakesAny extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
