package org.spillway.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.spillway.admit.HostedDomain;
import org.spillway.mail.Address;
import org.spillway.mail.Domain;

/** {@code domains}. */
final class DomainReader {
  private final Section root;

  DomainReader(Section root) {
    this.root = root;
  }

  /** In the file's order, without those whose name is none. */
  List<Sourced<HostedDomain>> domains() {
    Map<Domain, Sourced<HostedDomain>> all = new LinkedHashMap<>();
    root.named("domains")
        .forEach(
            (name, section) -> {
              Optional<Domain> domain = Form.DOMAIN.parse().apply(name);
              if (domain.isEmpty()) {
                tellName(name, section);
              } else {
                add(all, domain.get(), section);
              }
            });
    all.values().forEach(d -> checkAlias(d, all));
    return List.copyOf(all.values());
  }

  private static void tellName(String name, Section section) {
    section
        .reading()
        .shape(
            section.pointer(),
            section.place(),
            Quoted.of(name) + " is not a domain",
            "write for example example.com");
  }

  private void add(Map<Domain, Sourced<HostedDomain>> all, Domain name, Section section) {
    Sourced<HostedDomain> before =
        all.putIfAbsent(name, new Sourced<>(read(name, section), section));
    if (before != null) {
      section
          .reading()
          .problem(
              section.place(),
              "the domain " + name + " stands already in line " + before.source().place().line(),
              "keep one of them");
    }
  }

  private HostedDomain read(Domain name, Section section) {
    Optional<Path> recipients = section.file("recipients");
    recipients.ifPresent(
        file ->
            NamedFiles.text(section, "recipients", file)
                .ifPresent(text -> new LineFiles(root.reading()).recipients(file, text, name)));
    return new HostedDomain(
        name,
        section.value("alias-of", Form.DOMAIN),
        recipients,
        aliases(name, section.section("aliases")));
  }

  private static Map<Address, List<Address>> aliases(Domain domain, Section section) {
    Form<Address> form =
        new Form<>("a mail address", "alice@" + domain, text -> address(text, domain));
    Map<Address, List<Address>> all = new LinkedHashMap<>();
    for (String key : section.table().keySet()) {
      Optional<Address> address = address(key, domain).filter(a -> a.domain().equals(domain));
      if (address.isEmpty()) {
        section
            .reading()
            .problem(
                section.place(key),
                Quoted.of(key) + " is not an address of " + domain,
                "write for example info, or info@" + domain);
      }
      List<Address> targets = section.list(key, form);
      address.ifPresent(a -> all.put(a, targets));
    }
    return all;
  }

  private static Optional<Address> address(String text, Domain domain) {
    return Address.parse(text.contains("@") ? text : text + "@" + domain.name());
  }

  private static void checkAlias(
      Sourced<HostedDomain> domain, Map<Domain, Sourced<HostedDomain>> all) {
    Optional<Domain> target = domain.value().aliasOf();
    if (target.isEmpty()) {
      return;
    }
    Section section = domain.source();
    if (!all.containsKey(target.get())) {
      List<String> known = new ArrayList<>(all.keySet().stream().map(Domain::name).toList());
      known.remove(domain.value().name().name());
      section.problem(
          "alias-of",
          "is " + target.get() + ", which is not one of the domains",
          Nearest.mendOrAdd(target.get().name(), known, "domains"));
    } else if (all.get(target.get()).value().aliasOf().isPresent()) {
      section.problem(
          "alias-of",
          "is " + target.get() + ", which is an alias itself",
          "name the domain that has the addresses");
    }
    for (String key : List.of("recipients", "aliases")) {
      if (section.has(key)) {
        section.problem(
            key, "stands beside alias-of", "keep one: an alias has its target's addresses");
      }
    }
  }
}
