package org.spillway.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.spillway.mail.Reply;

/** The small parts: xtext, SASL, replies. */
class SmtpSyntaxTest {
  @Test
  void xtext() {
    assertThat(Xtext.decode("a+2Bb+3D")).contains("a+b=");
    assertThat(Xtext.decode("a+2b")).isEmpty();
    assertThat(Xtext.decode("a+2")).isEmpty();
    assertThat(Xtext.decode("a b")).isEmpty();
    assertThat(Xtext.decode("a+0Ab")).isEmpty();
    assertThat(Xtext.encode("a+b= c")).isEqualTo("a+2Bb+3D+20c");
    assertThat(Xtext.decode(Xtext.encode("x y+z"))).contains("x y+z");
  }

  @Test
  void saslPlain() {
    assertThat(Sasl.plain("AGFsaWNlAHNlY3JldA==").map(Sasl.Credentials::user)).contains("alice");
    assertThat(Sasl.plain("")).isEmpty();
    assertThat(Sasl.plain("AGFsaWNl")).isEmpty();
    assertThat(Sasl.plain("////")).isEmpty();
    assertThat(Sasl.plain("AGFsaWNlAHNlY3JldA==").map(Object::toString).orElse(""))
        .doesNotContain("secret");
  }

  @Test
  void repliesOfManyAndOfLongLines() {
    Reply two = new Reply(250, Optional.empty(), List.of("one\r\n250 forged", "zwölf"));
    assertThat(new String(ReplyEncoder.encode(two), StandardCharsets.US_ASCII))
        .isEqualTo("250-one??250 forged\r\n250 zw?lf\r\n");
    Reply long1 = Reply.of(550, "5.7.1", "x".repeat(1000));
    assertThat(new String(ReplyEncoder.encode(long1), StandardCharsets.US_ASCII).split("\r\n"))
        .hasSize(3)
        .allMatch(l -> l.length() <= 510);
  }
}
