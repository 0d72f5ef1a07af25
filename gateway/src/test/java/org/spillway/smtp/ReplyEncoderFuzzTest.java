package org.spillway.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.spillway.mail.Reply;
import org.spillway.mail.Status;

/** Whatever text a reply has, its bytes are well-formed reply lines. */
class ReplyEncoderFuzzTest {
  @FuzzTest
  void anyText(FuzzedDataProvider data) {
    String text = data.consumeRemainingAsString();
    List<String> lines = List.of(text.split("\\|", -1));
    byte[] bytes = ReplyEncoder.encode(new Reply(550, Optional.of(Status.of("5.7.1")), lines));
    String reply = new String(bytes, StandardCharsets.ISO_8859_1);
    assertThat(reply).endsWith("\r\n");
    String[] written = reply.substring(0, reply.length() - 2).split("\r\n", -1);
    for (int i = 0; i < written.length; i++) {
      boolean last = i == written.length - 1;
      assertThat(written[i]).matches("550" + (last ? " " : "-") + "5\\.7\\.1 [ -~]*");
      assertThat(written[i].length()).isLessThanOrEqualTo(510);
    }
  }
}
