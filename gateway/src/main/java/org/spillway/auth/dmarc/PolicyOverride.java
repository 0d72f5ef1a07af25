package org.spillway.auth.dmarc;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.spillway.auth.dmarc.DmarcResult.Leniency;
import org.spillway.auth.dmarc.DmarcResult.Word;
import org.spillway.mail.Domain;
import org.spillway.mail.Network;

/**
 * Why the policy of a domain is not applied as published, as reports tell it (RFC 9990 §3.1.6).
 *
 * @param comment for people; empty when there is nothing to add
 */
public record PolicyOverride(Type type, String comment) {

  /** The reasons of RFC 9990. */
  public enum Type {
    LOCAL_POLICY,
    MAILING_LIST,
    OTHER,
    POLICY_TEST_MODE,
    TRUSTED_FORWARDER;

    /** As it stands in a report. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What an administrator decided.
   *
   * @param trustedForwarders networks whose mail is let off
   * @param trustedSealers domains whose ARC seal is believed (RFC 8617 §7.2)
   * @param exempt author domains, with those below them, that are let off
   * @param most never apply more than this, for all mail
   */
  public record Settings(
      List<Network> trustedForwarders,
      Set<Domain> trustedSealers,
      Set<Domain> exempt,
      Policy most) {
    /** Nothing is overridden. */
    public static final Settings NONE = new Settings(List.of(), Set.of(), Set.of(), Policy.REJECT);

    public Settings {
      trustedForwarders = List.copyOf(trustedForwarders);
      trustedSealers = Set.copyOf(trustedSealers);
      exempt = Set.copyOf(exempt);
    }
  }

  /**
   * What a valid ARC chain says of how the message came in at its sealer.
   *
   * @param sealer the d= of the newest seal
   * @param instance its i=
   * @param authentic what the sealer saw: DMARC passed, or SPF or DKIM with alignment
   */
  public record Arc(Domain sealer, int instance, boolean authentic) {}

  /**
   * What is to be done, and why it is not what the domain asked for.
   *
   * @param overrides for the report; empty when the wish is followed
   */
  public record Handling(Policy disposition, List<PolicyOverride> overrides) {
    public Handling {
      overrides = List.copyOf(overrides);
    }
  }

  /**
   * The disposition of a message (a pure function).
   *
   * @param arc the chain when it is valid as a whole; else empty
   */
  public static Handling handle(
      DmarcResult result, InetAddress client, Optional<Arc> arc, Settings settings) {
    List<PolicyOverride> overrides = new ArrayList<>();
    leniency(result).ifPresent(overrides::add);
    if (result.word() != Word.FAIL || result.requested() == Policy.NONE) {
      return new Handling(Policy.NONE, overrides);
    }
    Optional<PolicyOverride> letOff = letOff(result, client, arc, settings);
    letOff.ifPresent(overrides::add);
    Policy wish = letOff.isPresent() ? Policy.NONE : result.applied();
    if (wish.compareTo(settings.most()) > 0) {
      overrides.add(new PolicyOverride(Type.LOCAL_POLICY, "at most " + settings.most().word()));
      return new Handling(settings.most(), overrides);
    }
    return new Handling(wish, overrides);
  }

  private static Optional<PolicyOverride> leniency(DmarcResult result) {
    return switch (result.leniency()) {
      case Leniency.NO -> Optional.empty();
      case Leniency.TEST_MODE -> Optional.of(new PolicyOverride(Type.POLICY_TEST_MODE, "t=y"));
      case Leniency.SAMPLED_OUT ->
          Optional.of(new PolicyOverride(Type.OTHER, "sampled out by pct (RFC 7489)"));
    };
  }

  private static Optional<PolicyOverride> letOff(
      DmarcResult result, InetAddress client, Optional<Arc> arc, Settings settings) {
    if (settings.trustedForwarders().stream().anyMatch(n -> n.contains(client))) {
      return Optional.of(new PolicyOverride(Type.TRUSTED_FORWARDER, client.getHostAddress()));
    }
    Optional<Arc> believed =
        arc.filter(Arc::authentic).filter(a -> settings.trustedSealers().contains(a.sealer()));
    if (believed.isPresent()) { // RFC 8617 §7.2.2: how ARC is told in a report
      Arc chain = believed.get();
      String comment = "arc=pass as[" + chain.instance() + "].d=" + chain.sealer();
      return Optional.of(new PolicyOverride(Type.LOCAL_POLICY, comment));
    }
    return result
        .author()
        .filter(author -> settings.exempt().stream().anyMatch(author::isWithin))
        .map(author -> new PolicyOverride(Type.LOCAL_POLICY, author + " is exempt"));
  }
}
