package org.spillway.auth.dmarc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.spillway.auth.dmarc.DmarcResult.Aligned;
import org.spillway.auth.dmarc.DmarcResult.Mechanism;
import org.spillway.mail.Domain;

/** Holds the authenticated identifiers against one author domain (RFC 9989 §4.10.2). */
final class AlignmentCheck {
  /**
   * What came of it.
   *
   * @param unsure an identifier that might have been aligned, had the DNS answered
   */
  record Outcome(List<Aligned> aligned, Optional<String> unsure, Optional<Domain> organizational) {}

  private final TreeWalk walk;
  private final Domain author;
  private final Discovery.Record found;
  private final List<Aligned> aligned = new ArrayList<>();
  private Optional<String> unsure = Optional.empty();
  private Optional<TreeWalk.Walked> authorWalk = Optional.empty();

  AlignmentCheck(TreeWalk walk, Domain author, Discovery.Record found) {
    this.walk = walk;
    this.author = author;
    this.found = found;
  }

  Outcome run(Optional<SpfIdentity> spf, List<DkimIdentity> dkim) {
    for (DkimIdentity signature : dkim) {
      test(Mechanism.DKIM, signature.domain(), signature.result());
    }
    spf.ifPresent(s -> test(Mechanism.SPF, s.domain(), s.result()));
    return new Outcome(aligned, unsure, organizational());
  }

  private Optional<Domain> organizational() {
    if (authorWalk.isPresent() && authorWalk.get() instanceof TreeWalk.Ended ended) {
      return Optional.of(ended.organizational());
    }
    return found.at().equals(author) ? Optional.empty() : Optional.of(found.at());
  }

  private void test(Mechanism mechanism, Domain domain, String result) {
    boolean passed = result.equals("pass");
    boolean open = result.equals("temperror");
    if (!passed && !open || aligned.contains(new Aligned(mechanism, domain))) {
      return;
    }
    if (isAligned(mechanism, domain)) {
      if (passed) {
        aligned.add(new Aligned(mechanism, domain));
      } else {
        unsure = Optional.of(mechanism + " of " + domain + " met an error that may pass");
      }
    }
  }

  private boolean isAligned(Mechanism mechanism, Domain domain) {
    if (domain.equals(author)) {
      return true;
    }
    DmarcRecord record = found.record();
    Alignment mode = mechanism == Mechanism.SPF ? record.aspf() : record.adkim();
    return mode == Alignment.RELAXED && !domain.isLiteral() && sameOrganization(domain);
  }

  private boolean sameOrganization(Domain domain) {
    if (authorWalk.isEmpty()) {
      if (!shareALabel(domain, author)) {
        return false; // no walk can end at the same name
      }
      authorWalk = Optional.of(walk.from(author));
    }
    return switch (authorWalk.get()) {
      case TreeWalk.Broken(String why) -> unknown(why);
      case TreeWalk.Ended ended ->
          domain.isWithin(ended.organizational()) && sameEnd(domain, ended);
    };
  }

  private static boolean shareALabel(Domain one, Domain other) {
    String a = one.name().substring(one.name().lastIndexOf('.') + 1);
    String b = other.name().substring(other.name().lastIndexOf('.') + 1);
    return a.equals(b);
  }

  private boolean sameEnd(Domain domain, TreeWalk.Ended ended) {
    return switch (walk.from(domain)) {
      case TreeWalk.Broken(String why) -> unknown(why);
      case TreeWalk.Ended other -> other.organizational().equals(ended.organizational());
    };
  }

  private boolean unknown(String why) {
    unsure = Optional.of(why);
    return false;
  }
}
