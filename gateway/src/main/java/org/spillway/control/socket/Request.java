package org.spillway.control.socket;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.spillway.control.Json;

/**
 * One question or order: {@code {"ask":"queue.hold","site":["onprem"],"why":"drill"}}.
 *
 * @param ask what is asked, for example {@code queue.list}
 * @param args its arguments, each with one text or several
 */
public record Request(String ask, Map<String, List<String>> args) {
  /** Longest request line in bytes, with its line feed. */
  public static final int MAX_BYTES = 64 << 10;

  public Request {
    Map<String, List<String>> copy = new LinkedHashMap<>();
    args.forEach((key, values) -> copy.put(key, List.copyOf(values)));
    args = java.util.Collections.unmodifiableMap(copy);
  }

  /** Reads a line without its line feed; empty when it is not a request. Never throws. */
  public static Optional<Request> read(byte[] line) {
    return line.length > MAX_BYTES ? Optional.empty() : Json.read(line).flatMap(Request::of);
  }

  private static Optional<Request> of(Map<String, Object> object) {
    if (!(object.get("ask") instanceof String ask)) {
      return Optional.empty();
    }
    Map<String, List<String>> args = new LinkedHashMap<>();
    for (Map.Entry<String, Object> field : object.entrySet()) {
      Optional<List<String>> texts = texts(field.getValue());
      if (texts.isEmpty()) {
        return Optional.empty();
      }
      args.put(field.getKey(), texts.get());
    }
    args.remove("ask");
    return Optional.of(new Request(ask, args));
  }

  private static Optional<List<String>> texts(Object value) {
    List<?> values = value instanceof List<?> list ? list : List.of(value);
    List<String> texts = new ArrayList<>();
    for (Object one : values) {
      if (one instanceof List<?> || one instanceof Map<?, ?>) {
        return Optional.empty();
      }
      texts.add(one.toString());
    }
    return Optional.of(texts);
  }

  /** The line to send, without its line feed. */
  public String text() {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("ask", ask);
    object.putAll(args);
    return Json.text(object);
  }
}
