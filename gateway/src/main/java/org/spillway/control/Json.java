package org.spillway.control;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * JSON objects on one line each, as plain maps: text, {@code Long}, {@code Double}, {@code
 * Boolean}, lists and maps of them. No {@code null}: a key without a value, or with {@code null},
 * is left out.
 */
public final class Json {
  private static final int DEPTH = 16;
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEPTH).build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
          .build();

  private Json() {}

  /** Writes one object and a line feed; flushes nothing. Throws only what the stream throws. */
  public static void write(Map<String, ?> object, OutputStream out) throws IOException {
    out.write(text(object).getBytes(java.nio.charset.StandardCharsets.UTF_8));
    out.write('\n');
  }

  /** One object, without a line feed. */
  public static String text(Map<String, ?> object) {
    java.io.StringWriter text = new java.io.StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
      value(json, object);
    }
    return text.toString();
  }

  private static void value(JsonGenerator json, Object value) {
    switch (value) {
      case Map<?, ?> map -> {
        json.writeStartObject();
        map.forEach(
            (key, inner) -> {
              json.writeName(key.toString());
              value(json, inner);
            });
        json.writeEndObject();
      }
      case Iterable<?> list -> {
        json.writeStartArray();
        list.forEach(inner -> value(json, inner));
        json.writeEndArray();
      }
      case Boolean truth -> json.writeBoolean(truth);
      case Double number -> json.writeNumber(number);
      case Number number -> json.writeNumber(number.longValue());
      default -> json.writeString(value.toString());
    }
  }

  /** Reads a text that is one object and nothing else; empty for anything else. Never throws. */
  public static Optional<Map<String, Object>> read(byte[] text) {
    try (JsonParser json = FACTORY.createParser(ObjectReadContext.empty(), text)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      Map<String, Object> object = object(json);
      return json.nextToken() == null ? Optional.of(object) : Optional.empty();
    } catch (JacksonException | Nothing notJson) {
      return Optional.empty();
    }
  }

  private static Map<String, Object> object(JsonParser json) throws Nothing {
    Map<String, Object> object = new LinkedHashMap<>();
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String key = whole(json.currentName());
      if (json.nextToken() != JsonToken.VALUE_NULL) {
        object.put(key, value(json));
      }
    }
    return object;
  }

  private static Object value(JsonParser json) throws Nothing {
    JsonToken token = json.currentToken();
    if (token == null) {
      throw new Nothing();
    }
    return switch (token) {
      case START_OBJECT -> object(json);
      case START_ARRAY -> list(json);
      case VALUE_STRING -> whole(json.getString());
      case VALUE_NUMBER_INT -> json.getLongValue();
      case VALUE_NUMBER_FLOAT -> json.getDoubleValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE, END_OBJECT, END_ARRAY, PROPERTY_NAME ->
          throw new Nothing();
    };
  }

  private static List<Object> list(JsonParser json) throws Nothing {
    List<Object> list = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      list.add(value(json));
    }
    return list;
  }

  /** The text, when every surrogate in it has its pair, so that it can be written as UTF-8. */
  private static String whole(String text) throws Nothing {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (Character.charCount(text.codePointAt(i)) == 1) {
          throw new Nothing();
        }
        i++;
      }
    }
    return text;
  }

  /** A value that these objects do not have. */
  private static final class Nothing extends Exception {
    private static final long serialVersionUID = 1;

    Nothing() {
      super("", null, false, false);
    }
  }
}
