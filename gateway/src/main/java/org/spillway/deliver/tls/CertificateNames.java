package org.spillway.deliver.tls;

import java.net.InetAddress;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import org.spillway.mail.AddressLiteral;

/** Whom a certificate is for (RFC 9525 §6). */
final class CertificateNames {
  private static final int DNS_NAME = 2; // RFC 5280 §4.2.1.6
  private static final int IP_ADDRESS = 7;

  private CertificateNames() {}

  /** Nothing when it is for one of the names; only the subjectAltName counts (RFC 9525 §6.3). */
  static Optional<TlsFault> objection(X509Certificate certificate, Set<String> names) {
    return objection(alternatives(certificate), names);
  }

  /** The same, and the common name where no DNS name stands (RFC 7672 §3.2.3). */
  static Optional<TlsFault> objectionOldStyle(X509Certificate certificate, Set<String> names) {
    List<String> shown = alternatives(certificate);
    return objection(shown.isEmpty() ? commonNames(certificate) : shown, names);
  }

  private static Optional<TlsFault> objection(List<String> shown, Set<String> names) {
    boolean one = names.stream().anyMatch(n -> shown.stream().anyMatch(s -> matches(s, n)));
    return one
        ? Optional.empty()
        : Optional.of(
            new TlsFault.Name(
                names, shown.subList(0, Math.min(shown.size(), 5)).stream().toList()));
  }

  private static List<String> alternatives(X509Certificate certificate) {
    List<String> names = new ArrayList<>();
    try {
      Collection<List<?>> all = certificate.getSubjectAlternativeNames();
      for (List<?> name : all == null ? List.<List<?>>of() : all) {
        int type = (Integer) name.getFirst();
        if ((type == DNS_NAME || type == IP_ADDRESS) && name.get(1) instanceof String text) {
          names.add(text);
        }
      }
    } catch (CertificateParsingException unreadable) {
      return List.of();
    }
    return names;
  }

  private static List<String> commonNames(X509Certificate certificate) {
    try {
      return new LdapName(certificate.getSubjectX500Principal().getName())
          .getRdns().stream()
              .filter(rdn -> rdn.getType().equalsIgnoreCase("CN"))
              .map(Rdn::getValue)
              .filter(String.class::isInstance)
              .map(String.class::cast)
              .toList();
    } catch (InvalidNameException unreadable) {
      return List.of();
    }
  }

  private static boolean matches(String shown, String wanted) {
    Optional<InetAddress> address = AddressLiteral.ip(wanted);
    if (address.isPresent()) {
      return AddressLiteral.ip(shown).equals(address);
    }
    String pattern = plain(shown);
    String name = plain(wanted);
    if (!pattern.startsWith("*.")) {
      return pattern.equals(name);
    }
    int dot = name.indexOf('.'); // RFC 9525 §6.3: the whole left-most label, one only
    String rest = pattern.substring(1);
    return dot > 0 && rest.indexOf('.', 1) > 0 && name.substring(dot).equals(rest);
  }

  private static String plain(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }
}
