package org.spillway.config;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.spillway.mail.AddressLiteral;
import org.spillway.smtp.mina.ListenerSettings;
import org.spillway.smtp.mina.ListenerSettings.TlsMode;
import org.spillway.smtp.mina.TlsFiles;

/** {@code listeners}, {@code tls} and {@code submission}. */
final class ListenerReader {
  private static final InetAddress EVERYWHERE = AddressLiteral.ip("0.0.0.0").orElseThrow();

  private final Section root;
  private final boolean withTls;

  ListenerReader(Section root) {
    this.root = root;
    this.withTls = root.has("tls");
  }

  Optional<TlsFiles> tls() {
    if (!withTls) {
      return Optional.empty();
    }
    Section section = root.section("tls");
    Optional<Path> certificate = section.file("certificate");
    Optional<Path> key = section.file("key");
    certificate.ifPresent(file -> NamedFiles.certificates(section, "certificate", file));
    key.ifPresent(file -> NamedFiles.privateKey(section, "key", file));
    return certificate.flatMap(c -> key.map(k -> new TlsFiles(c, k)));
  }

  Optional<Path> accounts() {
    Section section = root.section("submission");
    Optional<Path> file = section.file("accounts");
    file.ifPresent(
        path ->
            NamedFiles.secretText(section, "accounts", path)
                .ifPresent(text -> new LineFiles(root.reading()).accounts(path, text)));
    return file;
  }

  List<ListenerSettings> listeners() {
    List<Sourced<ListenerSettings>> all = new ArrayList<>();
    root.named("listeners").forEach((name, s) -> all.add(new Sourced<>(listener(name, s), s)));
    if (all.isEmpty()) {
      return List.of(new ListenerSettings("smtp", EVERYWHERE, 25, standardTls(), false, List.of()));
    }
    for (int i = 0; i < all.size(); i++) {
      check(all.get(i).value(), all.get(i).source());
      clash(all.get(i), all.subList(0, i));
    }
    boolean submission = all.stream().anyMatch(l -> l.value().submission());
    if (!submission && root.section("submission").has("accounts")) {
      root.section("submission")
          .warn("accounts", "is used by no listener", "set submission: true on one");
    }
    return all.stream().map(Sourced::value).toList();
  }

  private TlsMode standardTls() {
    return withTls ? TlsMode.STARTTLS : TlsMode.NONE;
  }

  private ListenerSettings listener(String name, Section section) {
    return new ListenerSettings(
        name,
        section.value("address", Form.IP).orElse(EVERYWHERE),
        section.number("port", 0),
        section.choice("tls", TlsMode.class).orElse(standardTls()),
        section.flag("submission", false),
        section.list("proxy-from", Form.NETWORK));
  }

  private void check(ListenerSettings listener, Section section) {
    if (!section.has("port")) {
      section
          .reading()
          .shape(
              section.pointer().child("port"),
              section.place(),
              section.pointer() + " has no port",
              "add port, a whole number");
    }
    if (listener.tls() != TlsMode.NONE && !withTls) {
      section.problem(
          "tls",
          "is " + Section.word(listener.tls()) + ", and there is no certificate",
          "add the section tls with certificate and key");
    }
    if (listener.submission() && listener.tls() == TlsMode.NONE) {
      section.problem(
          "submission",
          "needs TLS, since passwords never cross the network in the clear",
          "set tls: starttls or tls: implicit");
    }
    if (listener.submission() && !root.section("submission").has("accounts")) {
      section.problem(
          "submission", "is true, and there are no accounts", "add submission: {accounts: FILE}");
    }
  }

  private static void clash(
      Sourced<ListenerSettings> listener, List<Sourced<ListenerSettings>> before) {
    for (Sourced<ListenerSettings> other : before) {
      if (clashes(listener.value(), other.value())) {
        listener
            .source()
            .problem(
                "port",
                "is " + listener.value().port() + ", which " + other.value().name() + " listens on",
                "give it another port or address");
      }
    }
  }

  private static boolean clashes(ListenerSettings a, ListenerSettings b) {
    boolean sameAddress =
        a.address().equals(b.address())
            || a.address().isAnyLocalAddress()
            || b.address().isAnyLocalAddress();
    return a.port() != 0 && a.port() == b.port() && sameAddress;
  }
}
