package org.spillway.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class LogSetupTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @AfterEach
  void backToTheDefault() throws IOException {
    LogManager.getLogManager().readConfiguration();
  }

  private String said(String level, Runnable talk) {
    try (LineSink sink = new LineSink(out)) {
      EventLog log = new EventLog(sink, LogForm.TEXT, InstantSource.fixed(Instant.EPOCH));
      LogSetup setup = LogSetup.install(log, level);
      talk.run();
      setup.level("error");
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void ourInfoAndTheLibrariesWarningsAreShown() {
    String text =
        said(
            "info",
            () -> {
              Logger.getLogger("org.spillway.smtp").info("listening\non 25");
              Logger.getLogger("org.spillway.smtp").fine("hidden");
              Logger.getLogger("org.flywaydb.core").info("hidden");
              Logger.getLogger("com.zaxxer.hikari.pool").warning("pool is empty");
            });
    assertThat(text.lines())
        .containsExactly(
            "time=1970-01-01T00:00:00.000Z level=info logger=org.spillway.smtp"
                + " msg=\"listening\\non 25\"",
            "time=1970-01-01T00:00:00.000Z level=warn logger=com.zaxxer.hikari.pool"
                + " msg=\"pool is empty\"");
  }

  @Test
  void aThrowableStaysInItsLine() {
    String text =
        said(
            "debug",
            () ->
                Logger.getLogger("org.spillway.x")
                    .log(Level.SEVERE, "broke", new IOException("disk\ngone")));
    assertThat(text.lines()).hasSize(1);
    assertThat(text).contains("level=error", "thrown=\"java.io.IOException: disk");
  }
}
