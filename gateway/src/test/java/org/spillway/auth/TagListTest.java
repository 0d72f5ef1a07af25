package org.spillway.auth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tag lists by RFC 6376 §3.2. */
class TagListTest {
  private static TagList good(String text) {
    assertThat(TagList.parse(text)).isInstanceOf(TagList.Reading.Good.class);
    return ((TagList.Reading.Good) TagList.parse(text)).list();
  }

  @Test
  void keepsOrderCaseAndPlaces() {
    TagList list = good(" v=DKIM1 ;\r\n\tp = AB\r\n CD== ; D=x; d=; ");
    assertThat(list.tags()).extracting(TagList.Tag::name).containsExactly("v", "p", "D", "d");
    assertThat(list.compact("p")).contains("ABCD==");
    assertThat(list.value("p")).contains("AB\r\n CD==");
    assertThat(list.value("d")).contains("");
    assertThat(list.value("x")).isEmpty();
    assertThat(list.tag("p")).map(TagList.Tag::at).contains(17);
    assertThat(list.startsWith("v", "DKIM1")).isTrue();
    assertThat(list.startsWith("p", "DKIM1")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a=", "a=b=c", "a=1;", "a=1; ", "a_1=x", "a=\u00e9"})
  void allows(String text) {
    good(text);
  }

  @ParameterizedTest
  @CsvSource({
    "';',0",
    "'a=1;;b=2',4",
    "a,1",
    "'a=1; b',6",
    "=x,0",
    "1a=x,0",
    "'a=1; a=2',4",
    "'a=\u0001',2",
    "'a b=1',2",
  })
  void refusesWithThePlace(String text, int at) {
    assertThat(TagList.parse(text))
        .isInstanceOfSatisfying(
            TagList.Reading.Bad.class, bad -> assertThat(bad.at()).isEqualTo(at));
  }

  @Test
  void salvagesWhatIsGood() {
    assertThat(TagList.salvage("v=DMARC1;; p=none; rubbish; p=reject; =; q=1").tags())
        .extracting(TagList.Tag::name)
        .containsExactly("v", "p", "q");
  }
}
