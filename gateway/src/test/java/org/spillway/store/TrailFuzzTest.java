package org.spillway.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.spillway.mail.EntryId;

/** Any text is read without a throw, and what is written is read back. */
final class TrailFuzzTest {
  private static final EntryId ID = new EntryId(1, 2);

  @FuzzTest
  void readsWhatItWrites(FuzzedDataProvider data) {
    String kind = data.consumeString(50);
    String fact = data.consumeString(400);
    TraceEvent event =
        new TraceEvent(Instant.ofEpochMilli(7), ID, kind, List.of(fact), Map.of("k", fact));
    List<String> texts = Trail.write(List.of(event));
    assertThat(texts).hasSize(1);
    assertThat(Trail.read(ID, texts.getFirst())).containsExactly(event);
    Trail.read(ID, data.consumeRemainingAsString());
  }
}
