package org.spillway.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses, domains, networks, ids and status codes: what is read is what is written. */
class MailValuesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a@example.com",
        "a+tag@example.com",
        "!#$%&'*+-/=?^_`{|}~@example.com",
        "\"a b\"@example.com",
        "\"a\\\"b\"@example.com",
        "a@[192.0.2.1]",
        "a@[IPv6:2001:db8::1]",
        "\u00fc@example.com"
      })
  void goodAddressesAreReadAndWrittenAlike(String text) {
    assertThat(Address.parse(text)).map(Address::toString).contains(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "@example.com",
        "a@",
        ".a@example.com",
        "a.@example.com",
        "a..b@example.com",
        "a b@example.com",
        "a@b@example.com",
        "a@-x.com",
        "a@x..com",
        "a@[192.0.2.256]",
        "a@[IPv6:x]",
        "a\u0000b@example.com",
        "\"a@example.com",
        "a@exam ple.com",
        "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx@example.com"
      })
  void badAddressesAreNotRead(String text) {
    assertThat(Address.parse(text)).isEmpty();
  }

  @Test
  void internationalDomainsAreKeptAsALabels() {
    Address address = Address.parse("x@b\u00fccher.example").orElseThrow();
    assertThat(address.domain().name()).isEqualTo("xn--bcher-kva.example");
    assertThat(address.domain().unicode()).isEqualTo("b\u00fccher.example");
    assertThat(address.isAscii()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.0/24, 192.0.2.77, true",
    "192.0.2.0/24, 192.0.3.1, false",
    "10.0.0.0/8, 10.255.1.1, true",
    "2001:db8::/32, 2001:db8:1::1, true",
    "2001:db8::/32, 10.0.0.1, false",
    "0.0.0.0/0, 8.8.8.8, true",
    "192.0.2.5, 192.0.2.5, true",
  })
  void networksHoldTheirAddresses(String network, String address, boolean inside) {
    assertThat(Network.parse(network).orElseThrow().contains(AddressLiteral.ip(address).get()))
        .isEqualTo(inside);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "1.2.3", "192.0.2.0/33", "192.0.2.0/x", "example.com", "::/129"})
  void badNetworksAreNotRead(String text) {
    assertThat(Network.parse(text)).isEmpty();
  }

  @Test
  void idsSortByTimeAndSurviveText() {
    Random chance = new Random(1);
    Instant at = Instant.parse("2026-11-24T10:00:00.123Z");
    EntryId first = EntryId.next(at, chance);
    EntryId second = EntryId.next(at.plusMillis(1), chance);
    assertThat(first).isLessThan(second);
    assertThat(first.toString()).hasSize(26).isLessThan(second.toString());
    assertThat(EntryId.parse(first.toString())).contains(first);
    assertThat(first.instant()).isEqualTo(at);
    assertThat(EntryId.parse("not an id")).isEmpty();
  }

  @Test
  void statusCodesAreReadAtTheStartOfAReply() {
    assertThat(Status.leading("5.7.515 Access denied")).contains(new Status(5, 7, 515));
    assertThat(Status.leading("3.0.0 x")).isEmpty();
    assertThat(Status.leading("4.4.62")).contains(new Status(4, 4, 62));
  }
}
