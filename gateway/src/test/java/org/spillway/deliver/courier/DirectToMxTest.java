package org.spillway.deliver.courier;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.spillway.deliver.Outcome;
import org.spillway.mail.Domain;
import org.spillway.route.HostPort;
import org.spillway.route.Site;
import org.spillway.spool.Entry;
import org.spillway.testing.FakePeer;
import org.spillway.testing.FakePeer.Act;
import org.spillway.testing.FakePeer.At;

/** RFC 5321 §5 and RFC 7505 as the world sees us. */
final class DirectToMxTest {
  private static final Domain DOMAIN = Domain.parse("example.net").orElseThrow();

  private final FakePeer peer = FakePeer.smtp().start();
  private final Errands errands =
      new Errands(
          w ->
              new CourierWorld(
                  w.nodeName(),
                  w.self(),
                  peer.port(),
                  w.dns(),
                  w.chance(),
                  w.rules(),
                  w.stamp(),
                  w.hosts(),
                  w.observer(),
                  w.road()));
  private final Site site = Errands.site(Site.Kind.MX);
  private final Entry mail = Errands.entry(Errands.MESSAGE, "b@example.net");

  @BeforeEach
  void addresses() {
    errands.dns.address("mx1.example.net", "127.0.0.1").address("gw.example.com", "192.0.2.9");
  }

  @AfterEach
  void stop() {
    errands.close();
    peer.close();
  }

  private Outcome send() {
    return errands.send(site, Optional.of(DOMAIN), mail).get(0);
  }

  private static String status(Outcome outcome) {
    return ((Outcome.Failed) outcome).reply().status().orElseThrow().toString();
  }

  @Test
  void goesToTheMxHost() {
    errands.dns.mx("example.net", 10, "mx1.example.net");
    Outcome outcome = send();
    assertThat(outcome).isInstanceOf(Outcome.Relayed.class);
    assertThat(outcome.hop()).isEqualTo("mx1.example.net:" + peer.port() + " [127.0.0.1]");
  }

  @Test
  void asksTheDnsOnceWhileAConnectionIsKept() {
    errands.dns.mx("example.net", 10, "mx1.example.net");
    send();
    send();
    assertThat(errands.dns.questions())
        .containsExactly("mx example.net", "address mx1.example.net");
    assertThat(peer.connections()).isEqualTo(1);
  }

  @Test
  void theDomainIsItsOwnHostWithoutMx() {
    errands.dns.address("example.net", "127.0.0.1");
    assertThat(send()).isInstanceOf(Outcome.Relayed.class);
  }

  @Test
  void aNullMxTakesNoMail() {
    errands.dns.mx("example.net", 0, "");
    assertThat(status(send())).isEqualTo("5.1.10");
  }

  @Test
  void aDomainThatDoesNotExistIsAFailure() {
    assertThat(status(send())).isEqualTo("5.1.2");
  }

  @Test
  void hostsWithoutAddressAreAFailure() {
    errands.dns.mx("example.net", 10, "nowhere.example.net");
    assertThat(status(send())).isEqualTo("5.4.4");
  }

  @Test
  void aDnsThatDoesNotAnswerMeansLater() {
    errands.dns.fail("example.net", "SERVFAIL");
    assertThat(((Outcome.Unreachable) send()).step()).isEqualTo(Outcome.Step.RESOLVE);
    errands.dns.mx("example.net", 10, "broken.example.net").fail("broken.example.net", "timeout");
    assertThat(((Outcome.Unreachable) send()).step()).isEqualTo(Outcome.Step.RESOLVE);
  }

  @Test
  void theNextPreferenceIsTriedWhenTheFirstDoesNotAnswer() {
    errands.dns.mx("example.net", 20, "mx1.example.net").mx("example.net", 10, "dead.example.net");
    errands.dns.address("dead.example.net", "127.0.0.2");
    assertThat(send()).isInstanceOf(Outcome.Relayed.class);
    assertThat(errands.seen).containsExactly("bad CONNECT", "good");
  }

  @Test
  void a554GreetingSendsUsToTheNextHost() {
    errands.dns.mx("example.net", 10, "mx1.example.net").mx("example.net", 20, "mx2.example.net");
    errands.dns.address("mx2.example.net", "127.0.0.1");
    peer.once(At.GREETING, Act.reply("554 5.3.2 not here").thenDrop());
    assertThat(send()).isInstanceOf(Outcome.Relayed.class);
    assertThat(peer.connections()).isEqualTo(2);
  }

  @Test
  void ourOwnNameAmongTheHostsLimitsThem() {
    errands.dns.mx("example.net", 10, "gw.example.com").mx("example.net", 20, "mx1.example.net");
    assertThat(status(send())).isEqualTo("5.4.6");
    errands.dns.mx("example.net", 5, "mx1.example.net");
    assertThat(send()).isInstanceOf(Outcome.Relayed.class);
  }

  @Test
  void ourOwnAddressIsALoopToo() {
    errands
        .dns
        .mx("example.net", 10, "alias.example.net")
        .address("alias.example.net", "192.0.2.9");
    assertThat(status(send())).isEqualTo("5.4.6");
  }

  @Test
  void anAddressLiteralNeedsNoDns() {
    Domain literal = Domain.parse("[127.0.0.1]").orElseThrow();
    assertThat(errands.send(site, Optional.of(literal), mail).get(0))
        .isInstanceOf(Outcome.Relayed.class);
    assertThat(errands.dns.questions()).isEmpty();
  }

  @Test
  void equalPreferencesAreShuffled() {
    Peers peers = new Peers(errands.dns, new Self(Set.of(), Set.of()), 25, new java.util.Random(3));
    for (int i = 0; i < 4; i++) {
      errands.dns.mx("example.net", i == 3 ? 5 : 10, "m" + i + ".example.net");
    }
    Set<List<String>> orders = new HashSet<>();
    for (int i = 0; i < 40; i++) {
      List<String> names = new ArrayList<>();
      for (HostPort host : ((Peers.Found.Hosts) peers.mxHosts(DOMAIN)).hosts()) {
        names.add(host.host());
      }
      assertThat(names).hasSize(4).startsWith("m3.example.net");
      orders.add(names);
    }
    assertThat(orders).hasSizeGreaterThan(3);
  }

  @Test
  void thePreferredFamilyComesFirst() {
    errands.dns.address("both.example.net", "2001:db8::1", "192.0.2.1");
    Peers peers = new Peers(errands.dns, new Self(Set.of(), Set.of()), 25, new java.util.Random());
    var four = (Peers.Resolved.Addresses) peers.addresses(site, "both.example.net");
    assertThat(four.addresses().getFirst().getHostAddress()).isEqualTo("192.0.2.1");
  }
}
