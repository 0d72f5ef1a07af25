package org.spillway.report.dmarc;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.spillway.auth.dmarc.DkimIdentity;
import org.spillway.auth.dmarc.DmarcResult;
import org.spillway.auth.dmarc.PolicyOverride;
import org.spillway.auth.dmarc.SpfIdentity;
import org.spillway.mail.ReversePath;

/**
 * One message that DMARC looked at, for one author domain.
 *
 * @param handling what was done with it, and the overrides
 * @param client who gave it to us
 * @param reversePath its MAIL FROM
 */
public record Seen(
    DmarcResult result,
    PolicyOverride.Handling handling,
    InetAddress client,
    ReversePath reversePath,
    Optional<SpfIdentity> spf,
    List<DkimIdentity> dkim) {
  public Seen {
    dkim = List.copyOf(dkim);
  }
}
