package org.spillway;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.spillway.control.SpoolInspection;
import org.spillway.spool.SpoolSettings;
import org.spillway.spool.segment.SpoolTool;

/** The spool's files, as control asks for them, of a node that runs or stands still. */
public final class SpoolLook implements SpoolInspection {
  private final SpoolTool tool;

  public SpoolLook(SpoolSettings settings) {
    tool = SpoolTool.of(settings);
  }

  @Override
  public List<String> verify(Consumer<Map<String, Object>> row) throws IOException {
    return tool.verify(row);
  }

  @Override
  public void dump(Consumer<Map<String, Object>> row) throws IOException {
    tool.dump(row);
  }
}
