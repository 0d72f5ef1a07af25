package org.spillway.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** The key reference of {@code docs/configuration.md}, written from the schema. */
final class ReferenceText {
  private final JsonNode schema;
  private final StringBuilder text = new StringBuilder();
  private final List<Runnable> below = new ArrayList<>();

  private ReferenceText(JsonNode schema) {
    this.schema = schema;
  }

  static String of(JsonNode schema) {
    ReferenceText reference = new ReferenceText(schema);
    reference.section("The file", "", schema);
    reference.forms();
    return reference.text.toString();
  }

  /** A heading, what it is, a table of its keys, then its sections. */
  private void section(String title, String path, JsonNode section) {
    text.append("### ").append(title).append("\n\n");
    text.append(section.path("description").asString()).append("\n\n");
    text.append("| key | what it is | form | default |\n|---|---|---|---|\n");
    List<Runnable> nested = new ArrayList<>();
    section
        .path("properties")
        .forEachEntry((key, property) -> nested.addAll(row(key, path, property)));
    text.append("\n");
    nested.forEach(Runnable::run);
  }

  private List<Runnable> row(String key, String path, JsonNode property) {
    String at = path.isEmpty() ? key : path + "." + key;
    Optional<JsonNode> shape = nestedShape(property);
    Optional<String> deeper = shape.map(s -> at + suffix(property));
    text.append("| `")
        .append(key)
        .append("` | ")
        .append(property.path("description").asString())
        .append(" | ")
        .append(deeper.map(d -> "[" + d + "](#" + anchor(d) + ")").orElseGet(() -> form(property)))
        .append(" | ")
        .append(shape.isPresent() && !property.has("x-default") ? "" : standard(property))
        .append(" |\n");
    return shape.isEmpty()
        ? List.of()
        : List.of(
            () -> section("`" + deeper.orElseThrow() + "`", deeper.orElseThrow(), shape.get()));
  }

  private static String suffix(JsonNode property) {
    if (property.has("additionalProperties") && property.path("additionalProperties").isObject()) {
      return ".NAME";
    }
    return property.has("items") ? "[]" : "";
  }

  private static String anchor(String title) {
    return title.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9_-]", "");
  }

  /** The shape of the sections below a key, when there are any. */
  private Optional<JsonNode> nestedShape(JsonNode property) {
    JsonNode shape = resolved(property);
    if (shape.path("additionalProperties").isObject()) {
      shape = resolved(shape.path("additionalProperties"));
    } else if (shape.has("items")) {
      shape = resolved(shape.path("items"));
    }
    return Optional.of(shape).filter(s -> s.has("properties"));
  }

  private JsonNode resolved(JsonNode form) {
    return form.has("$ref") ? schema.at(form.path("$ref").asString().substring(1)) : form;
  }

  private String form(JsonNode property) {
    JsonNode form = resolved(property);
    if (form.has("enum")) {
      return words(form);
    }
    if (form.has("items")) {
      JsonNode item = resolved(form.path("items"));
      return "a list, each " + (item.has("enum") ? words(item) : title(item));
    }
    if (form.path("additionalProperties").isObject()) {
      return "a map of lists, each " + title(form.path("additionalProperties").path("items"));
    }
    return form.has("title") ? title(form) : plain(form);
  }

  private static String words(JsonNode form) {
    return form.path("enum")
        .valueStream()
        .map(w -> "`" + w.asString() + "`")
        .collect(Collectors.joining(", "));
  }

  private static String title(JsonNode form) {
    return form.path("title").asString();
  }

  private static String plain(JsonNode form) {
    return switch (form.path("type").asString()) {
      case "integer" ->
          "a whole number, "
              + form.path("minimum").asString()
              + " to "
              + form.path("maximum").asString();
      case "number" ->
          "a number, " + form.path("minimum").asString() + " to " + form.path("maximum").asString();
      case "boolean" -> "`true` or `false`";
      default -> "text";
    };
  }

  private static String standard(JsonNode property) {
    JsonNode standard = property.path("default");
    if (property.has("x-default")) {
      return property.path("x-default").asString();
    }
    if (standard.isContainer() && standard.isEmpty()) {
      return "none";
    }
    return standard.isArray()
        ? "`["
            + standard.valueStream().map(JsonNode::asString).collect(Collectors.joining(", "))
            + "]`"
        : "`" + standard.asString() + "`";
  }

  private void forms() {
    text.append("### Forms\n\n| form | how it is written | for example |\n|---|---|---|\n");
    schema
        .path("$defs")
        .forEachEntry(
            (name, form) -> {
              if (form.has("examples")) {
                String examples =
                    form.path("examples")
                        .valueStream()
                        .map(e -> "`" + e.asString() + "`")
                        .collect(Collectors.joining(", "));
                text.append("| ").append(title(form)).append(" | ");
                text.append(form.path("description").asString()).append(" | ");
                text.append(examples).append(" |\n");
              }
            });
  }
}
