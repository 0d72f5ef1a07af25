package org.spillway.auth.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.spillway.auth.AuthReport;
import org.spillway.auth.arc.ArcResult;
import org.spillway.auth.arc.ArcSet;
import org.spillway.auth.dkim.DkimResult;
import org.spillway.auth.dmarc.AuthorDomain;
import org.spillway.auth.dmarc.DkimIdentity;
import org.spillway.auth.dmarc.DmarcResult;
import org.spillway.auth.dmarc.PolicyOverride;
import org.spillway.auth.dmarc.SpfIdentity;
import org.spillway.auth.spf.SpfVerdict;
import org.spillway.mail.Domain;

/**
 * What every method says of one message.
 *
 * @param spf of both identities
 * @param dkim one for each signature that was looked at, in the order of the message
 * @param ignored signatures beyond the limit
 * @param arc of the chain
 * @param author whom From names
 * @param dmarc one for each author domain, at least one
 */
public record Authentication(
    SpfVerdict spf,
    List<DkimResult> dkim,
    int ignored,
    ArcResult arc,
    AuthorDomain author,
    List<DmarcResult> dmarc) {
  private static final String PASS = "pass";

  public Authentication {
    dkim = List.copyOf(dkim);
    dmarc = List.copyOf(dmarc);
  }

  /** What SPF gives to DMARC. */
  public Optional<SpfIdentity> spfIdentity() {
    return identity(spf);
  }

  /** What DKIM gives to DMARC. */
  public List<DkimIdentity> dkimIdentities() {
    return identities(dkim);
  }

  /** RFC 9989 §4.4.2: the reverse-path's, which is the greeting's for a null sender. */
  static Optional<SpfIdentity> identity(SpfVerdict spf) {
    return Domain.parse(spf.mailFrom().domain())
        .map(d -> new SpfIdentity(d, spf.mailFrom().word().toString()));
  }

  static List<DkimIdentity> identities(List<DkimResult> signatures) {
    return signatures.stream()
        .filter(s -> s.domain().isPresent())
        .map(s -> new DkimIdentity(s.domain().get(), s.selector(), s.word().text()))
        .toList();
  }

  /** The DMARC result that counts when there are several. */
  public DmarcResult policy() {
    return DmarcResult.strictest(dmarc);
  }

  /** True when asking again later may give another result that matters. */
  public boolean isTemporary() {
    return policy().word() == DmarcResult.Word.TEMPERROR;
  }

  /** The chain as DMARC overrides look at it; empty unless it is valid. */
  public Optional<PolicyOverride.Arc> chain() {
    if (arc.state() != ArcResult.State.PASS) {
      return Optional.empty();
    }
    ArcSet newest = arc.sets().getLast();
    return Optional.of(
        new PolicyOverride.Arc(newest.seal().domain(), newest.instance(), saysPass(newest)));
  }

  private static boolean saysPass(ArcSet set) {
    return AuthReport.parse(set.results().text())
            instanceof AuthReport.Parsed.Good(AuthReport report, int _)
        && report.entries().stream()
            .anyMatch(e -> e.method().equals("dmarc") && e.result().equals(PASS));
  }

  /** All methods in one line, for people: {@code spf=pass dkim=pass arc=none dmarc=pass}. */
  public String summary() {
    return "spf="
        + spf.mailFrom().word()
        + " dkim="
        + DkimResult.overall(dkim).text()
        + " arc="
        + arc.state().text()
        + " dmarc="
        + policy().word().text();
  }

  /** The entries of our Authentication-Results field (RFC 8601 §2.7), method by method. */
  public List<AuthReport.Entry> entries() {
    List<AuthReport.Entry> entries = new ArrayList<>(spf.entries());
    if (dkim.isEmpty()) {
      entries.add(AuthReport.Entry.of("dkim", DkimResult.Word.NONE.text()));
    }
    dkim.stream().map(Authentication::entry).forEach(entries::add);
    if (arc.state() != ArcResult.State.NONE) {
      entries.add(entry(arc));
    }
    entries.add(entry(policy()));
    return entries;
  }

  private static AuthReport.Entry entry(DkimResult signature) {
    AuthReport.Entry entry = AuthReport.Entry.of("dkim", signature.word().text());
    if (!signature.isPass()) {
      entry = entry.because(signature.cause().text());
    }
    if (signature.domain().isPresent()) {
      entry = entry.with("header", "d", signature.domain().get().name());
    }
    if (!signature.selector().isEmpty()) {
      entry = entry.with("header", "s", signature.selector());
    }
    if (!signature.algorithm().isEmpty()) {
      entry = entry.with("header", "a", signature.algorithm());
    }
    return signature.prefix().isEmpty() ? entry : entry.with("header", "b", signature.prefix());
  }

  /** RFC 8617 §10.1: the registered properties. */
  private static AuthReport.Entry entry(ArcResult chain) {
    AuthReport.Entry entry = AuthReport.Entry.of("arc", chain.state().text());
    return chain.state() == ArcResult.State.PASS
        ? entry.with("header", "oldest-pass", Integer.toString(chain.oldestPass()))
        : entry.because(chain.cause().text());
  }

  private static AuthReport.Entry entry(DmarcResult policy) {
    AuthReport.Entry entry = AuthReport.Entry.of("dmarc", policy.word().text());
    if (policy.word() != DmarcResult.Word.PASS && policy.word() != DmarcResult.Word.NONE) {
      entry = entry.because(policy.why());
    }
    if (policy.author().isPresent()) {
      entry = entry.with("header", "from", policy.author().get().name());
    }
    return policy.published().isPresent()
        ? entry.with("policy", "dmarc", policy.requested().word())
        : entry;
  }
}
