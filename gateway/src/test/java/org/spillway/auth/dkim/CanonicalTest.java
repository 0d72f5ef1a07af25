package org.spillway.auth.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.spillway.auth.Field;
import org.spillway.auth.Fields;

/** Header and body as they are prepared for signing, by RFC 6376 §3.4. */
class CanonicalTest {
  private static String header(Canonical canonical, String field) {
    Canonical.Bytes out = new Canonical.Bytes();
    canonical.field(Field.of(field), out);
    return new String(out.copy(), StandardCharsets.UTF_8);
  }

  private static String hash(String text) throws Exception {
    byte[] sha256 =
        MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    return Base64.getEncoder().encodeToString(sha256);
  }

  private static BodyHash body(Canonical canonical, long limit, String text) {
    BodyHasher hasher = new BodyHasher(canonical, limit);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    hasher.feed(bytes, 0, bytes.length);
    return hasher.finish();
  }

  @Test
  void headersOfTheRfc() { // RFC 6376 §3.4.5
    assertThat(header(Canonical.RELAXED, "A: X\r\n")).isEqualTo("a:X\r\n");
    assertThat(header(Canonical.RELAXED, "B : Y\t\r\n\tZ  \r\n")).isEqualTo("b:Y Z\r\n");
    assertThat(header(Canonical.SIMPLE, "B : Y\t\r\n\tZ  \r\n")).isEqualTo("B : Y\t\r\n\tZ  \r\n");
    assertThat(header(Canonical.RELAXED, "Subject:\r\n")).isEqualTo("subject:\r\n");
    assertThat(header(Canonical.RELAXED, "Subject: \t\r\n x\u00e9  y"))
        .isEqualTo("subject:x\u00e9 y\r\n");
  }

  @ParameterizedTest
  @CsvSource({
    "RELAXED,' C \\r\\nD \\t E\\r\\n\\r\\n\\r\\n',' C\\r\\nD E\\r\\n'", // RFC 6376 §3.4.5
    "SIMPLE,' C \\r\\nD \\t E\\r\\n\\r\\n\\r\\n',' C \\r\\nD \\t E\\r\\n'",
    "RELAXED,'',''",
    "SIMPLE,'','\\r\\n'",
    "RELAXED,'\\r\\n\\r\\n',''",
    "SIMPLE,'\\r\\n\\r\\n','\\r\\n'",
    "RELAXED,'a','a\\r\\n'",
    "SIMPLE,'a','a\\r\\n'",
    "RELAXED,'a \\t','a\\r\\n'",
    "RELAXED,' \\t\\r\\n \\r\\n',''",
    "RELAXED,'a\\r\\n \\r\\n b \\r\\n','a\\r\\n\\r\\n b\\r\\n'",
    "SIMPLE,'a\\r','a\\r\\r\\n'",
    "SIMPLE,'a\\n','a\\n\\r\\n'",
    "SIMPLE,'a\\r\\r\\n\\n','a\\r\\r\\n\\n\\r\\n'",
    "RELAXED,'a\\r','a\\r\\r\\n'",
    "RELAXED,'a \\r b\\r\\n','a \\r b\\r\\n'",
  })
  void bodies(Canonical canonical, String text, String prepared) throws Exception {
    String in = text.translateEscapes();
    String out = prepared.translateEscapes();
    assertThat(body(canonical, Long.MAX_VALUE, in))
        .isEqualTo(new BodyHash(canonical, Long.MAX_VALUE, hash(out), out.length()));
  }

  @ParameterizedTest
  @EnumSource(Canonical.class)
  void limitCountsWhatIsPrepared(Canonical canonical) throws Exception {
    BodyHash some = body(canonical, 3, "abcdef\r\n");
    assertThat(some.base64()).isEqualTo(hash("abc"));
    assertThat(some.uncoveredBytes()).isEqualTo(5);
    assertThat(body(canonical, 8, "abcdef\r\n").uncoveredBytes()).isZero();
    assertThat(body(canonical, 99, "abcdef\r\n").base64()).isEqualTo(hash("abcdef\r\n"));
  }

  @ParameterizedTest
  @EnumSource(Canonical.class)
  void manyLinesThatMayBeTheLast(Canonical canonical) throws Exception {
    String lines = "\r\n".repeat(50_000);
    assertThat(body(canonical, Long.MAX_VALUE, "a" + lines).base64()).isEqualTo(hash("a\r\n"));
    assertThat(body(canonical, Long.MAX_VALUE, "a" + lines + "b").base64())
        .isEqualTo(hash("a" + lines + "b\r\n"));
  }

  @Test
  void namesTakeFieldsFromBelow() { // RFC 6376 §5.4.2
    byte[] bytes = "A: 1\r\nB: 2\r\na: 3\r\n\r\n".getBytes(StandardCharsets.UTF_8);
    byte[] signed =
        new SignedBytes(Canonical.RELAXED)
            .add(Fields.of(bytes, bytes.length), List.of("a", "a", "a", "none"))
            .add(Field.of("X: y"))
            .end(Field.of("S: b = q\r\n\tr ; c=d"), tags("S: b = q\r\n\tr ; c=d"));
    assertThat(signed).asString().isEqualTo("a:3\r\na:1\r\nx:y\r\ns:b =; c=d");
  }

  private static org.spillway.auth.TagList tags(String field) {
    return org.spillway.auth.TagList.salvage(Field.of(field).latin1());
  }

  @Test
  void simpleSignatureLosesExactlyItsValue() {
    String field = "S: a=1; b= \r\n xyz \r\n\t";
    byte[] signed = new SignedBytes(Canonical.SIMPLE).end(Field.of(field), tags(field));
    assertThat(signed).asString().isEqualTo("S: a=1; b=");
  }
}
