package org.spillway.smtp.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Dot-stuffing and the message in seven bits. */
final class ContentOutTest {
  private static String stuffed(String text, int pieceSize) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DotStuffer stuffer = new DotStuffer(out);
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    for (int at = 0; at < bytes.length; at += pieceSize) {
      stuffer.write(bytes, at, Math.min(pieceSize, bytes.length - at));
    }
    stuffer.end();
    return out.toString(StandardCharsets.ISO_8859_1);
  }

  @ParameterizedTest
  @CsvSource({
    "a\\r\\n.\\r\\nb\\r\\n, a\\r\\n..\\r\\nb\\r\\n",
    ".a, ..a\\r\\n",
    "a\\n.\\nb, a\\r\\n..\\r\\nb\\r\\n",
    "a\\r.\\rb, a\\r\\n..\\r\\nb\\r\\n",
    "a\\r\\r\\n.b\\r, a\\r\\n\\r\\n..b\\r\\n",
    "a.b\\r\\n, a.b\\r\\n",
  })
  void dotsAreDoubledAndEveryLineEndsRight(String in, String out) throws IOException {
    String content = in.translateEscapes();
    for (int size = 1; size <= content.length(); size++) {
      assertThat(stuffed(content, size)).isEqualTo(out.translateEscapes());
    }
  }

  private static SevenBit survey(String text) throws IOException {
    return SevenBit.survey(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static String sevenBit(String text) throws IOException {
    SevenBit sevenBit = survey(text);
    assertThat(sevenBit.obstacle()).isEmpty();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    sevenBit.copy(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), out);
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void textBecomesQuotedPrintable() throws IOException {
    assertThat(
            sevenBit(
                """
                Subject: x\r
                MIME-Version: 1.0\r
                Content-Type: text/plain; charset=utf-8\r
                Content-Transfer-Encoding: 8bit\r
                \r
                Grüße=\s\r
                .\r
                """))
        .isEqualTo(
            """
            Subject: x\r
            MIME-Version: 1.0\r
            Content-Type: text/plain; charset=utf-8\r
            Content-Transfer-Encoding: quoted-printable\r
            \r
            Gr=C3=BC=C3=9Fe=3D=20\r
            .\r
            """);
  }

  @Test
  void longLinesAreBrokenSoftly() throws IOException {
    String body = sevenBit("Content-Type: text/plain\r\n\r\n" + "ü".repeat(40) + "\r\n");
    assertThat(body.lines()).allMatch(line -> line.length() <= 76);
    assertThat(body).endsWith("=C3=BC\r\n");
  }

  @Test
  void onlyPartsWithEightBitsChange() throws IOException {
    String message =
        """
        Content-Type: multipart/mixed; boundary="b 1"\r
        Content-Transfer-Encoding: 8bit\r
        \r
        preamble\r
        --b 1\r
        Content-Type: text/plain\r
        Content-Transfer-Encoding: 8bit\r
        \r
        plain\r
        --b 1\r
        Content-Type: application/x-odd\r
        Content-Transfer-Encoding: 8bit\r
        \r
        ä\r
        b\r
        --b 1\r
        Content-Type: text/plain\r
        Content-Transfer-Encoding: quoted-printable\r
        \r
        =C3=A4\r
        --b 1--\r
        the end\r
        """;
    assertThat(sevenBit(message))
        .isEqualTo(
            """
            Content-Type: multipart/mixed; boundary="b 1"\r
            MIME-Version: 1.0\r
            Content-Transfer-Encoding: 7bit\r
            \r
            preamble\r
            --b 1\r
            Content-Type: text/plain\r
            Content-Transfer-Encoding: 7bit\r
            \r
            plain\r
            --b 1\r
            Content-Type: application/x-odd\r
            Content-Transfer-Encoding: base64\r
            \r
            w6QNCmI=\r
            --b 1\r
            Content-Type: text/plain\r
            Content-Transfer-Encoding: quoted-printable\r
            \r
            =C3=A4\r
            --b 1--\r
            the end\r
            """);
  }

  @Test
  void aMessageInsideIsNotEncodedButItsPartsAre() throws IOException {
    assertThat(
            sevenBit(
                "Content-Type: message/rfc822\r\n\r\nSubject: in\r\nMIME-Version: 1.0\r\n"
                    + "Content-Type: text/plain\r\n\r\nü\r\n"))
        .isEqualTo(
            "Content-Type: message/rfc822\r\n\r\nSubject: in\r\nMIME-Version: 1.0\r\n"
                + "Content-Type: text/plain\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
                + "=C3=BC\r\n");
  }

  @Test
  void plainMailWithoutMimeGetsIt() throws IOException {
    assertThat(sevenBit("Subject: x\r\n\r\nü\r\n"))
        .contains("MIME-Version: 1.0\r\nContent-Type: text/plain; charset=unknown-8bit\r\n");
  }

  @ParameterizedTest
  @CsvSource({
    "Content-Type: multipart/signed; boundary=b\\r\\n\\r\\n--b\\r\\n\\r\\nx\\r\\n--b--, signed",
    "Content-Transfer-Encoding: base64\\r\\n\\r\\nü, base64",
    "Content-Type: message/partial\\r\\n\\r\\nü, message/partial",
    "Subject: ü\\r\\n\\r\\nx, header",
  })
  void saysWhatStandsInTheWay(String message, String why) throws IOException {
    assertThat(survey(message.translateEscapes()).obstacle().orElseThrow()).contains(why);
  }

  @Test
  void isBoundedInDepth() throws IOException {
    StringBuilder deep = new StringBuilder();
    for (int i = 0; i < 100; i++) {
      deep.append("Content-Type: multipart/mixed; boundary=b" + i + "\r\n\r\n--b" + i + "\r\n");
    }
    assertThat(survey(deep.toString()).obstacle().orElseThrow()).contains("deep");
  }
}
