package org.spillway.report.parcel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spillway.mail.Address;

/** What others pack, and what they pack to hurt. */
class ParcelTest {
  private static final byte[] XML = "<feedback/>".getBytes(StandardCharsets.UTF_8);

  private static byte[] zip(byte[]... files) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (int i = 0; i < files.length; i++) {
        zip.putNextEntry(new ZipEntry("f" + i + ".xml"));
        zip.write(files[i]);
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  private static Parcel open(byte[] bytes) {
    return Parcel.open(bytes, ParcelLimits.DEFAULT);
  }

  private static List<String> contents(Parcel parcel) {
    return switch (parcel) {
      case Parcel.Opened opened -> opened.items().stream().map(Item::text).toList();
      case Parcel.Refused refused -> List.of("refused: " + refused.why());
    };
  }

  private static byte[] mail(String type, String encoding, String body) {
    return ("Subject: s\r\nContent-Type: "
            + type
            + "\r\nContent-Transfer-Encoding: "
            + encoding
            + "\r\n\r\n"
            + body)
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  void bareFiles() throws IOException {
    assertThat(contents(open(XML))).containsExactly("<feedback/>");
    assertThat(contents(open(ReportMail.gzip(XML)))).containsExactly("<feedback/>");
    assertThat(contents(open(zip(XML, XML)))).containsExactly("<feedback/>", "<feedback/>");
    assertThat(contents(open(zip(ReportMail.gzip(XML))))).containsExactly("<feedback/>");
    assertThat(contents(open("{}".getBytes(StandardCharsets.UTF_8)))).containsExactly("{}");
  }

  @Test
  void mailsOfManyShapes() {
    String gz = Base64.getEncoder().encodeToString(ReportMail.gzip(XML));
    assertThat(contents(open(mail("application/gzip", "base64", gz))))
        .containsExactly("<feedback/>");
    assertThat(contents(open(mail("text/xml", "quoted-printable", "<feed=\r\nback=2F>"))))
        .containsExactly("<feedback/>");
    String parts =
        "preamble\n--b\nContent-Type: text/plain\n\nhello\n--b\nContent-Type: application/zip\n"
            + "Content-Transfer-Encoding: BASE64\n\n"
            + gz;
    assertThat(contents(open(mail("multipart/mixed; boundary=b", "7bit", parts + "\n--b--\nend"))))
        .containsExactly("hello", "<feedback/>");
    assertThat(contents(open(mail("Multipart/Mixed;\n  Boundary=\"b\"", "7bit", parts))))
        .containsExactly("hello", "<feedback/>");
  }

  @Test
  void bombsAreRefused() throws IOException {
    byte[] zeros = new byte[40 << 20];
    assertThat(contents(open(ReportMail.gzip(zeros))).getFirst()).contains("300 times its size");
    assertThat(contents(open(zip(zeros))).getFirst()).contains("300 times its size");
    assertThat(contents(open(zip(ReportMail.gzip(zeros)))).getFirst()).contains("refused");
    ParcelLimits loose = new ParcelLimits(1 << 20, 1 << 20, 100_000, 5);
    assertThat(contents(Parcel.open(ReportMail.gzip(zeros), loose)).getFirst())
        .contains("more than 1048576 bytes");
    byte[] many = zip(XML, XML, XML, XML, XML, XML);
    assertThat(contents(Parcel.open(many, loose)).getFirst()).contains("more than 5 files");
    byte[] deep = ReportMail.gzip(ReportMail.gzip(ReportMail.gzip(XML)));
    assertThat(contents(open(deep)).getFirst()).contains("archive in an archive");
  }

  @Test
  void tooLargeToLookAt() throws IOException {
    ParcelLimits small = new ParcelLimits(10, 100, 100, 5);
    assertThat(contents(Parcel.open(new ByteArrayInputStream(XML), small)).getFirst())
        .contains("larger than 10 bytes");
  }

  @Test
  void whatWasCutOffIsKeptAsFarAsItCame() {
    byte[] text = new byte[3_000];
    new java.util.Random(1).nextBytes(text);
    text[0] = '<';
    byte[] packed = ReportMail.gzip(text);
    Parcel parcel = open(Arrays.copyOf(packed, packed.length - 500));
    assertThat(parcel)
        .isInstanceOfSatisfying(
            Parcel.Opened.class,
            opened -> {
              assertThat(opened.remarks()).isNotEmpty();
              assertThat(opened.items().getFirst().bytes().length).isGreaterThan(1_000);
            });
    byte[] junkBehind = Arrays.copyOf(ReportMail.gzip(XML), ReportMail.gzip(XML).length + 2);
    assertThat(contents(open(junkBehind))).containsExactly("<feedback/>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "hello", " \r\n", "PK\003\004\000\000", "\u001f\u008b\b"})
  void nonsense(String text) {
    assertThat(open(text.getBytes(StandardCharsets.ISO_8859_1))).isInstanceOf(Parcel.Refused.class);
  }

  @Test
  void ourOwnMailOpens() {
    Address from = Address.parse("reports@receiver.example").orElseThrow();
    Address to = Address.parse("dmarc@example.com").orElseThrow();
    String subject = "Report Domain: example.com Submitter: receiver.example Report-ID: <abc>";
    ReportMail.Attachment attachment =
        new ReportMail.Attachment("application/gzip", "a!b!1!2.xml.gz", ReportMail.gzip(XML));
    ReportMail mail =
        ReportMail.write(
            from,
            to,
            new ReportMail.Plan(
                "multipart/mixed", subject, List.of("X-A: b"), "abc", Instant.EPOCH, "Hello.\r\n"),
            attachment);

    String text = new String(mail.content(), StandardCharsets.US_ASCII);
    assertThat(text.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(79));
    assertThat(text.replace("\r\n", "")).doesNotContain("\r").doesNotContain("\n");
    assertThat(text)
        .contains("Date: Thu, 1 Jan 1970 00:00:00 +0000\r\n")
        .contains("filename=\"a!b!1!2.xml.gz\"");
    assertThat(open(mail.content()))
        .isInstanceOfSatisfying(
            Parcel.Opened.class, opened -> assertThat(opened.subject()).isEqualTo(subject));
    assertThat(contents(open(mail.content()))).containsExactly("Hello.\r\n", "<feedback/>");
    int start = text.indexOf("\r\n\r\n", text.indexOf("Content-Disposition")) + 4;
    assertThat(text.lastIndexOf("\r\n--=_abc--") - start)
        .isEqualTo((int) attachment.encodedBytes());
  }

  @Test
  void hugeHeadersAreReadInTime() {
    StringBuilder mail = new StringBuilder("Subject: x\n");
    for (int i = 0; i < 2_000_000; i++) {
      mail.append(" y\n");
    }
    assertThat(open(mail.toString().getBytes(StandardCharsets.US_ASCII)))
        .isInstanceOf(Parcel.Opened.class);
  }
}
