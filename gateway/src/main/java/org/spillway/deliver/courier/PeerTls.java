package org.spillway.deliver.courier;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.spillway.mail.AddressLiteral;

/** Client side TLS 1.2 and 1.3 on sockets that are already connected. */
final class PeerTls {
  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"}; // RFC 8996
  private static final Path SYSTEM = Path.of("");

  private final Map<Path, SSLContext> verifying = new ConcurrentHashMap<>();
  private final SSLContext trusting;

  /**
   * How one handshake is to be made.
   *
   * @param serverName sent as SNI where it is a name
   * @param verified the name that the certificate must carry; empty to take any certificate
   * @param caFile authorities to trust in place of the system's
   */
  record Demand(String serverName, Optional<String> verified, Optional<Path> caFile) {}

  PeerTls() {
    try {
      trusting = SSLContext.getInstance("TLS");
      trusting.init(null, new TrustManager[] {new TrustsAll()}, null);
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException(broken);
    }
  }

  /** Makes the handshake; the certificate was verified when this returns, if it had to be. */
  SSLSocket secure(Socket raw, Demand demand) throws IOException {
    SSLContext context = demand.verified().isPresent() ? verifying(demand.caFile()) : trusting;
    String name = demand.verified().orElse(demand.serverName());
    SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket(raw, name, raw.getPort(), true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setProtocols(PROTOCOLS);
    if (demand.verified().isPresent()) {
      parameters.setEndpointIdentificationAlgorithm("HTTPS"); // RFC 9525: subjectAltName only
    }
    if (AddressLiteral.ip(demand.serverName()).isEmpty()) {
      parameters.setServerNames(List.of(new SNIHostName(demand.serverName()))); // RFC 6066 §3
    }
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  private SSLContext verifying(Optional<Path> caFile) throws IOException {
    Path key = caFile.orElse(SYSTEM);
    SSLContext known = verifying.get(key);
    if (known != null) {
      return known;
    }
    try {
      KeyStore anchors = caFile.isPresent() ? read(caFile.get()) : null;
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(anchors);
      SSLContext made = SSLContext.getInstance("TLS");
      made.init(null, factory.getTrustManagers(), null);
      verifying.put(key, made);
      return made;
    } catch (GeneralSecurityException unusable) {
      throw new IOException("authorities in " + key + ": " + unusable.getMessage(), unusable);
    }
  }

  private static KeyStore read(Path caFile) throws IOException, GeneralSecurityException {
    KeyStore anchors = KeyStore.getInstance(KeyStore.getDefaultType());
    anchors.load(null, null);
    try (InputStream pem = Files.newInputStream(caFile)) {
      int number = 0;
      for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
        anchors.setCertificateEntry("ca-" + number++, each);
      }
    }
    return anchors;
  }

  /** Reads the files of authorities again at their next use. */
  void forget() {
    verifying.clear();
  }

  /** For the levels that ask for TLS but not for who is there. */
  private static final class TrustsAll extends X509ExtendedTrustManager {
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
