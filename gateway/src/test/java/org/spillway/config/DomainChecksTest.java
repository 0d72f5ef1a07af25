package org.spillway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.spillway.config.ConfigText.good;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spillway.admit.HostedDomain;
import org.spillway.mail.Address;
import org.spillway.mail.Domain;

/** Domains, their recipients and aliases. */
final class DomainChecksTest {
  @TempDir private Path folder;

  private static Address address(String text) {
    return Address.parse(text).orElseThrow();
  }

  @Test
  void aliasesMayBeLocalParts() {
    ConfigText text =
        good()
            .with(
                "domains",
                "{example.com: {aliases: {info: [alice, bob@other.example], sales@example.com:"
                    + " [info]}}}");
    HostedDomain domain = text.settings().admission().domains().getFirst();
    assertThat(domain.aliases())
        .containsEntry(
            address("info@example.com"),
            List.of(address("alice@example.com"), address("bob@other.example")))
        .containsEntry(address("sales@example.com"), List.of(address("info@example.com")));
  }

  @Test
  void internationalDomainsAreReadAsALabels() {
    ConfigText text =
        good()
            .with("domains", "{bücher.example: {}}")
            .with("sites", good().sections().get("sites").replace("example.com", "BÜCHER.example"));
    assertThat(text.settings().admission().domains().getFirst().name())
        .isEqualTo(Domain.parse("xn--bcher-kva.example").orElseThrow());
  }

  @Test
  void domainThatIsNone() {
    assertThat(good().with("domains", "{example.com: {}, \"a b\": {}}").problems())
        .containsExactly("\"a b\" is not a domain; write for example example.com");
    assertThat(good().with("domains", "{example.com: {}, \"[192.0.2.1]\": {}}").problems())
        .hasSize(1);
  }

  @Test
  void domainTwiceInTwoSpellings() {
    assertThat(good().with("domains", "{example.com: {}, EXAMPLE.com: {}}").problems())
        .containsExactly("the domain example.com stands already in line 4; keep one of them");
  }

  @Test
  void aliasOfUnknownDomain() {
    assertThat(
            good().with("domains", "{example.com: {}, b.test: {alias-of: exmaple.com}}").problems())
        .containsExactly(
            "domains.b.test.alias-of is exmaple.com, which is not one of the domains; did you mean"
                + " \"example.com\"?");
  }

  @Test
  void aliasOfAnAlias() {
    assertThat(
            good()
                .with(
                    "domains",
                    "{example.com: {}, b.test: {alias-of: example.com}, c.test: {alias-of: b.test},"
                        + " d.test: {alias-of: d.test}}")
                .problems())
        .containsExactlyInAnyOrder(
            "domains.c.test.alias-of is b.test, which is an alias itself; name the domain that has"
                + " the addresses",
            "domains.d.test.alias-of is d.test, which is an alias itself; name the domain that has"
                + " the addresses");
  }

  @Test
  void aliasWithAddressesOfItsOwn() {
    assertThat(
            good()
                .with(
                    "domains",
                    "{example.com: {}, b.test: {alias-of: example.com, aliases: {info: [a]}}}")
                .problems())
        .containsExactly(
            "domains.b.test.aliases stands beside alias-of; keep one: an alias has its target's"
                + " addresses");
  }

  @Test
  void aliasOutsideTheDomain() {
    assertThat(good().with("domains", "{example.com: {aliases: {a@b.test: [c]}}}").problems())
        .containsExactly(
            "\"a@b.test\" is not an address of example.com; write for example info, or"
                + " info@example.com");
    assertThat(good().with("domains", "{example.com: {aliases: {info: []}}}").problems())
        .containsExactly("domains.example.com.aliases.info is empty; name at least one");
  }

  private Config.Result withRecipients(String text) throws IOException {
    Files.writeString(folder.resolve("list"), text);
    return good().in(folder).with("domains", "{example.com: {recipients: list}}").result();
  }

  @Test
  void recipientsAreAddressesOrLocalParts() throws IOException {
    String text = "# who\n\n  alice \nbob@example.com # his\n\"a b\"\nCAROL@EXAMPLE.COM\nd+e\n";
    assertThat(withRecipients(text)).isInstanceOf(Config.Loaded.class);
  }

  @Test
  void badLinesOfRecipientsAreToldWithTheirOwnPlace() throws IOException {
    Config.Result result = withRecipients("alice\n  bob smith\ncarol@other.example\n@\n");
    String file = folder.resolve("list").toString();
    assertThat(((Config.Invalid) result).problems())
        .extracting(Problem::toString)
        .containsExactly(
            file
                + ":2:3: \"bob smith\" is neither a mail address nor a local part; write for"
                + " example alice, or alice@example.com",
            file
                + ":3:7: \"carol@other.example\" is not in example.com; move it to the file of its"
                + " own domain",
            file
                + ":4:1: \"@\" is neither a mail address nor a local part; write for example alice,"
                + " or alice@example.com");
  }

  @Test
  void manyBadLinesAreToldShortly() throws IOException {
    String text =
        IntStream.range(0, 500).mapToObj(i -> "bad " + i).collect(Collectors.joining("\n"));
    List<Problem> problems = ((Config.Invalid) withRecipients(text)).problems();
    assertThat(problems).hasSize(21);
    assertThat(problems.getLast().what()).isEqualTo("480 more lines like those above are bad");
  }

  @Test
  void recipientsFileThatIsMissingOrNotText() throws IOException {
    String gone = "{example.com: {recipients: gone}}";
    assertThat(good().in(folder).with("domains", gone).problems())
        .containsExactly(
            "domains.example.com.recipients names "
                + folder.resolve("gone")
                + ", which does not exist; create it or mend the path");
    Files.write(folder.resolve("gone"), new byte[] {(byte) 0xff, 'a'});
    assertThat(good().in(folder).with("domains", gone).problems())
        .containsExactly(
            "domains.example.com.recipients names "
                + folder.resolve("gone")
                + ", which is not UTF-8 text; save it as UTF-8");
  }
}
