package org.spillway.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whom a reader of the message takes for its author. */
class FromFieldTest {
  private static FromField of(String header) {
    return FromField.of(header.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "From: a@x.test | a@x.test",
        "from :a@x.test | a@x.test",
        "From: Ann <a@x.test> | a@x.test",
        "From: \"ceo@ours.test\" <a@x.test> | a@x.test",
        "From: \"A, B\" <a@x.test>, b@y.test (Bob, B) | a@x.test,b@y.test",
        "From: a@x.test (c (nested \\) ) d) | a@x.test",
        "From: team: a@x.test, B <b@y.test>; | a@x.test,b@y.test",
        "From: <@relay.test,@r2.test:a@x.test> | a@x.test",
        "From: \"a b\"@x.test | \"a b\"@x.test",
        "From: Bücher <a@bücher.test> | a@xn--bcher-kva.test",
        "From: Ann < a@x.test > | a@x.test"
      })
  void addresses(String header, String wanted) {
    FromField from = of(header + "\r\nTo: c@z.test\r\n\r\n");
    assertThat(from.unreadable()).isFalse();
    assertThat(String.join(",", from.addresses().stream().map(Object::toString).toList()))
        .isEqualTo(wanted);
  }

  @Test
  void foldedAndTwice() {
    FromField from = of("Subject: x\r\nFrom: Ann\r\n <a@x.test>\r\nX: y\r\nFROM: b@y.test\r\n\r\n");
    assertThat(from.addresses())
        .extracting(Object::toString)
        .containsExactly("a@x.test", "b@y.test");
    assertThat(from.unreadable()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"To: a@x.test", "From:", "From: undisclosed", "From: a@x.test <b>", "Fromage: a@b.c"})
  void unreadable(String header) {
    assertThat(of(header + "\r\n\r\n").unreadable()).isTrue();
  }
}
