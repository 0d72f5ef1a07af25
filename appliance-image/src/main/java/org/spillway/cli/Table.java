package org.spillway.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Aligned columns. The first 500 rows say how wide each is; later ones are printed as they come, so
 * that a listing of any length takes little memory.
 */
final class Table implements ClientCommand.View {
  private static final int LOOK = 500;

  private final PrintWriter out;
  private final List<String> heads;
  private final Function<Map<String, Object>, List<String>> cells;
  private final List<List<String>> first = new ArrayList<>();
  private final int[] widths;
  private boolean streaming;

  /**
   * @param heads of the columns
   * @param cells of a row, as many as there are heads
   */
  Table(PrintWriter out, List<String> heads, Function<Map<String, Object>, List<String>> cells) {
    this.out = out;
    this.heads = heads;
    this.cells = cells;
    this.widths = heads.stream().mapToInt(String::length).toArray();
  }

  @Override
  public void show(Map<String, Object> row) {
    List<String> line = cells.apply(row);
    if (streaming) {
      print(line);
      return;
    }
    first.add(line);
    for (int i = 0; i < widths.length; i++) {
      widths[i] = Math.max(widths[i], line.get(i).length());
    }
    if (first.size() == LOOK) {
      start();
    }
  }

  private void start() {
    streaming = true;
    if (!first.isEmpty()) {
      print(heads);
      first.forEach(this::print);
      first.clear();
    }
  }

  private void print(List<String> line) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      text.append(line.get(i));
      if (i < widths.length - 1) {
        text.repeat(' ', Math.max(0, widths[i] - line.get(i).length()) + 2);
      }
    }
    out.println(text.toString().stripTrailing());
  }

  @Override
  public void close() {
    if (!streaming) {
      start();
    }
    out.flush();
  }
}
