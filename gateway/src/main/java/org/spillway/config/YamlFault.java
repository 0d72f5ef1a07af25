package org.spillway.config;

import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** What the YAML parser says of a syntax error, in an operator's words. */
final class YamlFault {
  private YamlFault() {}

  static void tell(YamlEngineException fault, String text, Reading reading) {
    switch (fault) {
      case MarkedYamlEngineException marked -> marked(marked, reading);
      case ReaderException bad ->
          reading.problem(
              placeOf(bad.getPosition(), text),
              String.format("a character that YAML does not allow, U+%04X", bad.getCodePoint()),
              "remove it, or write it as an escape in double quotes");
      default ->
          reading.problem(
              Place.TOP, "not YAML: " + Quoted.plain(String.valueOf(fault.getMessage())), MEND);
    }
  }

  private static final String MEND = "check this line and the one above it";

  private static void marked(MarkedYamlEngineException fault, Reading reading) {
    Optional<Mark> mark = fault.getProblemMark().or(fault::getContextMark);
    Place place = mark.map(m -> new Place(m.getLine() + 1, m.getColumn() + 1)).orElse(Place.TOP);
    String said = String.valueOf(fault.getProblem());
    if (said.contains("TAB")) {
      reading.problem(place, "a tab, where YAML wants spaces", "indent with spaces");
      return;
    }
    String within = fault.getContext() == null ? "" : ", " + fault.getContext();
    reading.problem(place, "not YAML: " + oneLine(said + within), mend(said));
  }

  private static String oneLine(String said) {
    return Quoted.plain(said.replaceAll("\\s+", " ").replace(';', ',').strip());
  }

  private static String mend(String said) {
    if (said.contains("mapping values are not allowed")) {
      return "put the value in quotes if it holds a colon, else check the indentation";
    }
    if (said.contains("could not find expected ':'")) {
      return "write \"key: value\", with a space after the colon";
    }
    if (said.contains("block end")) {
      return "indent this line as its neighbours are";
    }
    if (said.contains("cannot start any token")) {
      return "put the value in quotes";
    }
    return MEND;
  }

  private static Place placeOf(int codePoints, String text) {
    int line = 1;
    int column = 1;
    int left = codePoints;
    for (int i = 0; i < text.length() && left > 0; left--) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      column = c == '\n' ? 1 : column + 1;
      line = c == '\n' ? line + 1 : line;
    }
    return new Place(line, column);
  }
}
