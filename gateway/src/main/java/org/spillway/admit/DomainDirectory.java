package org.spillway.admit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.spillway.mail.Address;
import org.spillway.mail.Domain;

/** The recipients of our domains from files and maps, read once and kept in memory. */
public final class DomainDirectory implements RecipientDirectory {
  private static final int MAX_ALIAS_DEPTH = 10;
  private static final String POSTMASTER = "postmaster";

  private final Map<Domain, HostedDomain> domains = new HashMap<>();
  private final Map<Domain, Set<String>> recipients = new HashMap<>();
  private final Map<String, List<Address>> aliases = new HashMap<>();
  private final Optional<Address> postmaster;

  /**
   * Reads every domain's file.
   *
   * @param postmaster where mail for {@code postmaster} goes when a domain has no such recipient
   * @throws UncheckedIOException when a file cannot be read
   */
  public DomainDirectory(List<HostedDomain> hosted, Optional<Address> postmaster) {
    this.postmaster = postmaster;
    for (HostedDomain domain : hosted) {
      domains.put(domain.name(), domain);
      domain.recipients().ifPresent(file -> recipients.put(domain.name(), read(file)));
      domain.aliases().forEach((from, to) -> aliases.put(from.key(), to));
    }
  }

  private static Set<String> read(Path file) {
    try {
      Set<String> names = new HashSet<>();
      for (String line : Files.readAllLines(file)) {
        String entry = line.replaceFirst("#.*", "").trim().toLowerCase(Locale.ROOT);
        if (!entry.isEmpty()) {
          names.add(entry.contains("@") ? entry.substring(0, entry.lastIndexOf('@')) : entry);
        }
      }
      return names;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** True when mail for the domain is inbound. */
  public boolean isOurs(Domain domain) {
    return domains.containsKey(domain);
  }

  @Override
  public Answer lookup(Address address) {
    Set<Address> targets = new java.util.LinkedHashSet<>();
    return resolve(address, targets, 0)
        ? new Answer.Known(new ArrayList<>(targets))
        : new Answer.Unknown();
  }

  private boolean resolve(Address asked, Set<Address> targets, int depth) {
    Address address = canonical(asked);
    List<Address> aliased = aliases.get(address.key());
    if (aliased != null && depth < MAX_ALIAS_DEPTH) {
      boolean any = false;
      for (Address target : aliased) {
        boolean itself = target.key().equals(address.key());
        any |= itself ? targets.add(target) : resolve(target, targets, depth + 1);
      }
      return any;
    }
    if (!isOurs(address.domain())) {
      return depth > 0 && targets.add(address); // an alias may lead out of our domains
    }
    if (exists(address)) {
      targets.add(address);
      return true;
    }
    return isPostmaster(address) && targets.add(postmaster.orElse(address));
  }

  private Address canonical(Address address) {
    HostedDomain hosted = domains.get(address.domain());
    if (hosted == null || hosted.aliasOf().isEmpty()) {
      return address;
    }
    return new Address(address.localPart(), hosted.aliasOf().get());
  }

  private boolean exists(Address address) {
    Set<String> known = recipients.get(address.domain());
    if (known == null) {
      return true; // no list: the mail server behind us knows
    }
    String local = address.localPart().toLowerCase(Locale.ROOT);
    int tag = local.indexOf('+'); // RFC 5233: user+detail
    return known.contains(local) || tag > 0 && known.contains(local.substring(0, tag));
  }

  /** RFC 5321 §4.5.1: postmaster exists in every domain. */
  private static boolean isPostmaster(Address address) {
    return address.localPart().equalsIgnoreCase(POSTMASTER);
  }
}
