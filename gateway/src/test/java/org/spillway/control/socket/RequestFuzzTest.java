package org.spillway.control.socket;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.spillway.control.FakeNode;

/** Whatever bytes come: no exception, and a request that was read can be written and read again. */
final class RequestFuzzTest {
  private static final FakeNode NODE = new FakeNode();

  @FuzzTest
  void neverThrows(byte[] line) throws IOException {
    Optional<Request> request = Request.read(line);
    if (request.isPresent()) {
      byte[] again = request.get().text().getBytes(java.nio.charset.StandardCharsets.UTF_8);
      assertThat(Request.read(again)).isEqualTo(request);
      assertThat(new Desk(NODE.control).answer(request.get(), "root", new Nowhere()).exit())
          .isNotNull();
    }
  }

  private record Nowhere() implements Answer {
    @Override
    public void row(Map<String, ?> cells) {}

    @Override
    public void progress(Map<String, ?> cells) {}
  }
}
