package org.spillway.auth.message;

import java.util.List;
import org.spillway.auth.Field;
import org.spillway.auth.Fields;
import org.spillway.auth.arc.ArcResult;
import org.spillway.auth.arc.ArcVerification;
import org.spillway.auth.dkim.DkimResult;
import org.spillway.auth.dkim.Verification;
import org.spillway.auth.dmarc.AuthorDomain;
import org.spillway.auth.dmarc.DmarcResult;
import org.spillway.auth.spf.SpfRequest;
import org.spillway.auth.spf.SpfVerdict;
import org.spillway.dns.Dns;

/** One message on its way to its results. Not for several threads at once. */
public final class PendingAuthentication {
  private final MessageAuthenticator.Methods methods;
  private final Dns dns;
  private final Fields fields;
  private final Verification dkim;
  private final ArcVerification arc;

  PendingAuthentication(
      MessageAuthenticator.Methods methods,
      Dns dns,
      Fields fields,
      Verification dkim,
      ArcVerification arc) {
    this.methods = methods;
    this.dns = dns;
    this.fields = fields;
    this.dkim = dkim;
    this.arc = arc;
  }

  /** Ends the body and asks the DNS, which blocks. Never throws. */
  public Authentication results(SpfRequest said) {
    SpfVerdict spf = methods.spf().verify(said);
    List<DkimResult> signatures = dkim.results(dns);
    ArcResult chain = arc.result(dns);
    AuthorDomain author =
        AuthorDomain.of(fields.all().stream().filter(f -> f.is("from")).map(Field::value).toList());
    List<DmarcResult> policy =
        methods
            .dmarc()
            .evaluate(author, Authentication.identity(spf), Authentication.identities(signatures));
    return new Authentication(spf, signatures, dkim.ignored(), chain, author, policy);
  }
}
