package org.spillway.report.tls;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/** JSON of the outside world as maps, lists and texts, bounded in depth and number. */
final class JsonTree {
  private static final int DEEPEST = 16;
  private static final int MOST_VALUES = 500_000;
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxStringLength(100_000)
                  .maxNameLength(1_000)
                  .maxNumberLength(100)
                  .build())
          .build();

  private int values;

  private JsonTree() {}

  /** What came of it. */
  sealed interface Read {}

  /** An object; every value in it is a map, a list or a text. */
  record Tree(Map<String, Object> object) implements Read {}

  /** Not JSON, or too much of it. */
  record Broken(String why) implements Read {}

  static Read read(String text) {
    try (JsonParser json = FACTORY.createParser(ObjectReadContext.empty(), text)) {
      return json.nextToken() == JsonToken.START_OBJECT
          ? new Tree(new JsonTree().object(json))
          : new Broken("JSON: not an object");
    } catch (JacksonException broken) {
      String message = String.valueOf(broken.getOriginalMessage());
      return new Broken(printable("JSON: " + message));
    } catch (TooMuch limit) {
      return new Broken("JSON: more than " + MOST_VALUES + " values");
    }
  }

  static String printable(String text) {
    return text.substring(0, Math.min(text.length(), 200)).replaceAll("[^ -~]", "?");
  }

  private Map<String, Object> object(JsonParser json) throws TooMuch {
    Map<String, Object> object = new LinkedHashMap<>();
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = json.currentName();
      json.nextToken();
      object.putIfAbsent(name, value(json));
    }
    return object;
  }

  private Object value(JsonParser json) throws TooMuch {
    if (++values > MOST_VALUES) {
      throw new TooMuch();
    }
    return switch (json.currentToken()) {
      case START_OBJECT -> object(json);
      case START_ARRAY -> array(json);
      case VALUE_NULL -> "";
      default -> json.getString();
    };
  }

  private List<Object> array(JsonParser json) throws TooMuch {
    List<Object> array = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      array.add(value(json));
    }
    return array;
  }

  /** A limit was passed. */
  private static final class TooMuch extends Exception {
    private static final long serialVersionUID = 1;
  }
}
