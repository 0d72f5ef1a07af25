package org.spillway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Columns line up, and a long listing is not kept. */
final class TableTest {
  private final StringWriter text = new StringWriter();
  private final Table table =
      new Table(
          new PrintWriter(text, true),
          List.of("A", "B"),
          row -> List.of(row.get("a").toString(), row.get("b").toString()));

  @Test
  void columnsLineUpAndNothingTrails() {
    table.show(Map.of("a", "longer", "b", "x"));
    table.show(Map.of("a", "s", "b", ""));
    table.close();
    assertThat(text).hasToString("A       B\nlonger  x\ns\n");
  }

  @Test
  void nothingIsPrintedForNoRow() {
    table.close();
    assertThat(text.toString()).isEmpty();
  }

  @Test
  void aLongListingIsPrintedAsItComes() {
    for (int i = 0; i < 501; i++) {
      table.show(Map.of("a", i, "b", "x"));
    }
    assertThat(text.toString().lines()).hasSize(502);
  }
}
