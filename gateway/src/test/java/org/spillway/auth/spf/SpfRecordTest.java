package org.spillway.auth.spf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spillway.auth.spf.SpfRecord.Parsed;

/** RFC 7208 §12: what is a record, and where one is wrong. */
final class SpfRecordTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "v=spf1",
        "V=SPF1   ",
        "v=spf1 A:%{d}/24//64 Mx//0 pTr:a.b exists:%{l1r-.+,/_=}.%%.%_.%-",
        "v=spf1 a:a/b/c.example/8 mx/0//128 ip4:0.0.0.0/0 ip6:::/0 ip6:1:2:3:4:5:6:7.8.9.10",
        "v=spf1 x-y_z.1=%{t}:/?# redirect=a.1-2 exp=a.b.",
        "v=spf1 +include:%{d} -include:a.b. ?all ~all",
      })
  void good(String text) {
    assertThat(SpfRecord.parse(text)).isInstanceOf(Parsed.Good.class);
  }

  @ParameterizedTest
  @CsvSource({
    "v=spf10, 0",
    "v=spf1 all moo, 11",
    "v=spf1 all:x, 10",
    "v=spf1 include, 14",
    "v=spf1 include:, 15",
    "v=spf1 -a:b.c/33, 14",
    "v=spf1 a/24/64, 8",
    "v=spf1 a/, 8",
    "v=spf1 a//, 8",
    "v=spf1 a:b.c/024, 13",
    "v=spf1 mx:b.1, 12",
    "v=spf1 ip4:1.2.3, 11",
    "v=spf1 ip4:1.2.3.04, 11",
    "v=spf1 ip4:1.2.3.4.5, 11",
    "v=spf1 ip4:1.2.3., 11",
    "v=spf1 ip4:1.2.3.4/, 19",
    "v=spf1 ip6:1.2.3.4, 11",
    "v=spf1 ip6:::1/129, 15",
    "v=spf1 ip6:fe80::1%eth0, 11",
    "v=spf1 exp=a.b exp=a.b, 15",
    "v=spf1 =x, 7",
    "v=spf1 x=%, 9",
    "v=spf1 redirect=%{r}.b, 18",
    "v=spf1 -, 8",
    "v=spf1 a:b_.c_d, 13",
  })
  void bad(String text, int at) {
    switch (SpfRecord.parse(text)) {
      case Parsed.Good good -> throw new AssertionError(good.toString());
      case Parsed.Bad(int where, String why) -> assertThat(where).as(why).isEqualTo(at);
    }
  }

  @Test
  void onlySpacesPartTerms() {
    assertThat(SpfRecord.parse("v=spf1 a\tmx")).isInstanceOf(Parsed.Bad.class);
    assertThat(SpfRecord.isSpf("v=spf1\ta")).isFalse();
    assertThat(SpfRecord.parse("v=spf1 a\u00a0mx")).isInstanceOf(Parsed.Bad.class);
  }

  @Test
  void readsEachTerm() {
    if (SpfRecord.parse("v=spf1 ~a/8 -all") instanceof Parsed.Good(SpfRecord record)) {
      assertThat(record.directives())
          .isEqualTo(
              List.of(
                  new Directive(
                      SpfResult.Word.SOFTFAIL,
                      new Mechanism.A(java.util.Optional.empty(), new Mechanism.Prefixes(8, 128)),
                      "~a/8"),
                  new Directive(SpfResult.Word.FAIL, new Mechanism.All(), "-all")));
    } else {
      throw new AssertionError();
    }
  }
}
