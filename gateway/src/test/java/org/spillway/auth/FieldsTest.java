package org.spillway.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.spillway.mail.Content;

/** Header fields are found with their raw bytes, whatever the section looks like. */
class FieldsTest {
  private static Fields fields(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return Fields.of(bytes, bytes.length);
  }

  private record Text(String text) implements Content {
    @Override
    public long sizeBytes() {
      return text.length();
    }

    @Override
    public InputStream open() {
      return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void keepsFoldingAndOrder() {
    Fields fields = fields("From: a@b\r\nSubject: one\r\n\ttwo\r\nfrom : c@d\r\n\r\nbody: no\r\n");

    assertThat(fields.all()).extracting(Field::name).containsExactly("From", "Subject", "from");
    assertThat(fields.named("FROM")).extracting(Field::value).containsExactly("a@b", "c@d");
    assertThat(fields.first("subject")).map(Field::value).contains("one\ttwo");
    assertThat(fields.all().get(1).bytes()).asString().isEqualTo("Subject: one\r\n\ttwo\r\n");
    assertThat(fields.all().get(1).latin1()).isEqualTo(" one\r\n\ttwo\r\n");
    assertThat(fields.headerBytes())
        .isEqualTo("From: a@b\r\nSubject: one\r\n\ttwo\r\nfrom : c@d\r\n\r\n".length());
    assertThat(fields.isCut()).isFalse();
  }

  @Test
  void linesThatAreNoFieldAreCounted() {
    Fields fields = fields("A: 1\r\nnothing here\r\nB: 2\r\n\r\n");
    assertThat(fields.all()).extracting(Field::name).containsExactly("A", "B");
    assertThat(fields.strangeLines()).isOne();
  }

  @Test
  void withoutHeaderSectionAllIsBody() {
    assertThat(fields("just text\r\nA: 1\r\n\r\n").headerBytes()).isZero();
    assertThat(fields("\r\nA: 1\r\n").headerBytes()).isEqualTo(2);
    assertThat(fields("").all()).isEmpty();
    assertThat(fields("A: 1\r\n").headerBytes()).isEqualTo(6);
  }

  @Test
  void limitsCutAndSaySo() {
    byte[] bytes = "A: 1\r\nB: 2\r\nC: 3\r\n\r\nbody".getBytes(StandardCharsets.UTF_8);
    Fields few = Fields.of(bytes, bytes.length, new Fields.Limits(1000, 2));
    assertThat(few.all()).hasSize(2);
    assertThat(few.isCut()).isTrue();
    Fields small = Fields.of(bytes, bytes.length, new Fields.Limits(9, 10));
    assertThat(small.isCut()).isTrue();
    assertThat(Fields.of(bytes, bytes.length).isCut()).isFalse();
  }

  @Test
  void contentIsReadNoFurtherThanNeeded() throws IOException {
    String long5000 = "X: " + "y".repeat(5000) + "\r\n";
    Fields fields = Fields.of(new Text(long5000 + "B: 2\r\n\r\nbody\r\n"));
    assertThat(fields.all()).hasSize(2);
    assertThat(fields.headerBytes()).isEqualTo(long5000.length() + 8);
  }
}
