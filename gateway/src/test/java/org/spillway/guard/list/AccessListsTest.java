package org.spillway.guard.list;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spillway.guard.list.ListEntry.Side;
import org.spillway.mail.Address;
import org.spillway.mail.ReversePath;

/** Who is on the lists, for how long, and that changes survive. */
class AccessListsTest {
  private Instant now = Instant.parse("2026-11-24T10:00:00Z");

  @TempDir Path directory;
  private Path own;

  @BeforeEach
  void name() {
    own = directory.resolve("access.list");
  }

  private AccessLists open(String... fixed) throws IOException {
    Path file = Files.writeString(directory.resolve("fixed"), String.join("\n", fixed));
    return AccessLists.open(own, Optional.of(file), () -> now);
  }

  private static ListEntry entry(String line) {
    return ((ListLine.Good) ListLine.parse(line)).entry();
  }

  private static String client(AccessLists lists, String ip) {
    return lists.client(InetAddress.ofLiteral(ip)).map(ListLine::of).orElse("none");
  }

  private static String sender(AccessLists lists, String address) {
    ReversePath from = ReversePath.of(Address.parse(address).orElseThrow());
    return lists.sender(from).map(ListLine::of).orElse("none");
  }

  @Test
  void theMostSpecificNetworkCounts() throws IOException {
    AccessLists lists =
        open(
            "# ours",
            "deny 192.0.2.0/24 never ann spam",
            "allow 192.0.2.7 never ann but this one",
            "deny 2001:db8::/32 never bob");
    assertThat(client(lists, "192.0.2.1")).isEqualTo("deny 192.0.2.0/24 never ann spam");
    assertThat(client(lists, "192.0.2.7")).isEqualTo("allow 192.0.2.7 never ann but this one");
    assertThat(client(lists, "2001:db8::5")).isEqualTo("deny 2001:db8:0:0:0:0:0:0/32 never bob");
    assertThat(client(lists, "198.51.100.1")).isEqualTo("none");
  }

  @Test
  void aSenderIsKnownByAddressThenByDomainThenByTheDomainAbove() throws IOException {
    AccessLists lists =
        open("deny Example.COM never ann", "allow Good@sub.example.com never ann known");
    assertThat(sender(lists, "x@example.com")).startsWith("deny example.com");
    assertThat(sender(lists, "x@deep.sub.example.com")).startsWith("deny example.com");
    assertThat(sender(lists, "GOOD@sub.example.com")).startsWith("allow good@sub.example.com");
    assertThat(sender(lists, "x@notexample.com")).isEqualTo("none");
    assertThat(lists.sender(ReversePath.NULL)).isEmpty();
  }

  @Test
  void entriesEnd() throws IOException {
    AccessLists lists = open("deny 192.0.2.1 2026-11-24T11:00:00Z ann for an hour");
    assertThat(client(lists, "192.0.2.1")).startsWith("deny");
    now = now.plusSeconds(3600);
    assertThat(client(lists, "192.0.2.1")).isEqualTo("none");
    assertThat(lists.all()).isEmpty();
  }

  @Test
  void changesAreThereAfterARestart() throws IOException {
    AccessLists lists = open("deny 192.0.2.1 never ann");
    assertThat(lists.add(entry("allow 192.0.2.1 never bob a customer"))).isTrue();
    assertThat(lists.add(entry("deny spam.example never bob"))).isTrue();
    assertThat(client(lists, "192.0.2.1")).startsWith("allow");
    AccessLists again = open("deny 192.0.2.1 never ann");
    assertThat(client(again, "192.0.2.1")).isEqualTo("allow 192.0.2.1 never bob a customer");
    assertThat(again.remove(Side.ALLOW, Subject.parse("192.0.2.1").orElseThrow())).isTrue();
    assertThat(again.remove(Side.ALLOW, Subject.parse("192.0.2.1").orElseThrow())).isFalse();
    assertThat(again.remove(Side.DENY, Subject.parse("192.0.2.1").orElseThrow())).isFalse();
    assertThat(client(open("deny 192.0.2.1 never ann"), "192.0.2.1")).startsWith("deny");
    assertThat(sender(again, "a@spam.example")).startsWith("deny");
  }

  @Test
  void theSameSubjectIsReplaced() throws IOException {
    AccessLists lists = open();
    lists.add(entry("deny 192.0.2.1 never ann one"));
    lists.add(entry("deny 192.0.2.1 never bob two"));
    assertThat(lists.all()).containsExactly(entry("deny 192.0.2.1 never bob two"));
  }

  @Test
  void whatFitsOnNoLineIsNotTaken() throws IOException {
    AccessLists lists = open();
    Subject subject = Subject.parse("192.0.2.1").orElseThrow();
    for (String owner : new String[] {"", "two words"}) {
      assertThat(lists.add(new ListEntry(Side.DENY, subject, Optional.empty(), owner, "why")))
          .isFalse();
    }
    String lines = "one\nallow 0.0.0.0/0 never eve";
    assertThat(lists.add(new ListEntry(Side.DENY, subject, Optional.empty(), "ann", lines)))
        .isFalse();
    assertThat(lists.all()).isEmpty();
  }

  @Test
  void aChangeThatCannotBeKeptDoesNotCount() throws IOException {
    AccessLists lists = open();
    Files.createDirectory(directory.resolve("access.list.new"));
    assertThat(
            org.assertj.core.api.Assertions.catchThrowable(
                () -> lists.add(entry("deny 192.0.2.1 never ann"))))
        .isInstanceOf(IOException.class);
    assertThat(client(lists, "192.0.2.1")).isEqualTo("none");
  }

  @Test
  void badLinesAreLeftOut() throws IOException {
    AccessLists lists = open("nonsense", "deny 192.0.2.256 never ann", "deny 192.0.2.2 never ann");
    assertThat(lists.all()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "deny",
        "deny 192.0.2.1",
        "deny 192.0.2.1 never",
        "block 192.0.2.1 never ann",
        "deny 192.0.2.0/33 never ann",
        "deny a@ never ann",
        "deny 192.0.2.1 tomorrow ann",
        "deny [192.0.2.1] never ann",
        "deny 1.2.3 never ann",
        "deny x..y never ann"
      })
  void bad(String line) {
    assertThat(ListLine.parse(line)).isInstanceOf(ListLine.Bad.class);
  }
}
