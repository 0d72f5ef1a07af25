package org.spillway.auth.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A body hashed in pieces gives what a slow and plain preparation of the whole gives. */
class BodyHasherFuzzTest {
  @FuzzTest
  void anyBodyInAnyPieces(FuzzedDataProvider data) {
    Canonical canonical = data.pickValue(Canonical.values());
    long limit = data.consumeBoolean() ? Long.MAX_VALUE : data.consumeInt(0, 300);
    int piece = data.consumeInt(1, 40);
    byte[] body = data.consumeRemainingAsBytes();
    String plain = plain(canonical, new String(body, StandardCharsets.ISO_8859_1));
    BodyHasher hasher = new BodyHasher(canonical, limit);
    for (int at = 0; at < body.length; at += piece) {
      hasher.feed(body, at, Math.min(piece, body.length - at));
    }
    BodyHash hash = hasher.finish();
    assertThat(hash.bodyBytes()).isEqualTo(plain.length());
    String counted = plain.substring(0, (int) Math.min(limit, plain.length()));
    assertThat(hash.base64())
        .isEqualTo(
            Base64.getEncoder()
                .encodeToString(
                    BodyHasher.sha256().digest(counted.getBytes(StandardCharsets.ISO_8859_1))));
  }

  private static String plain(Canonical canonical, String body) {
    String text = body;
    if (canonical == Canonical.RELAXED) {
      text = text.replaceAll("[ \t]+", " ").replaceAll(" (?=\r\n|\\z)", "");
    }
    while (text.endsWith("\r\n")) {
      text = text.substring(0, text.length() - 2);
    }
    return text.isEmpty() && canonical == Canonical.RELAXED ? "" : text + "\r\n";
  }
}
