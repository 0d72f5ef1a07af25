package org.spillway.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.spillway.mail.Body;

/** What every message that we write must satisfy. */
final class CleanMail {
  private static final int MOST_LINE = 998; // RFC 5322 §2.1.1

  private CleanMail() {}

  static void check(Dsn dsn) {
    byte[] bytes = dsn.content();
    int start = 0;
    boolean ascii = true;
    for (int i = 0; i < bytes.length; i++) {
      assertThat(bytes[i]).as("NUL").isNotZero();
      ascii &= bytes[i] > 0;
      if (bytes[i] == '\n') {
        assertThat(bytes[i - 1]).as("LF without CR at " + i).isEqualTo((byte) '\r');
        assertThat(i - 1 - start).as("line length").isLessThanOrEqualTo(MOST_LINE);
        start = i + 1;
      } else if (bytes[i] == '\r') {
        assertThat(bytes[i + 1]).as("CR without LF at " + i).isEqualTo((byte) '\n');
      }
    }
    assertThat(start).as("ends with a line end").isEqualTo(bytes.length);
    assertThat(dsn.envelope().body() == Body.SEVENBIT).isEqualTo(ascii);
    String text = utf8(bytes);
    String boundary = text.replaceAll("(?s).*?boundary=\"([^\"]+)\".*", "$1");
    assertThat(text.split("--" + boundary, -1)).as("four delimiters").hasSize(5);
    if (!dsn.envelope().smtputf8()) {
      assertThat(text.substring(0, text.indexOf("\r\n\r\n")).chars()).allMatch(c -> c < 0x80);
    }
  }

  private static String utf8(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException broken) {
      throw new AssertionError(broken);
    }
  }
}
