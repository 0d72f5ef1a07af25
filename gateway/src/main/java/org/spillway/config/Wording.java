package org.spillway.config;

import com.networknt.schema.Error;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Puts breaches of the schema into an operator's words, each with its place and its mend. */
final class Wording {
  private final JsonNode schema;
  private final Reading reading;

  Wording(JsonNode schema, Reading reading) {
    this.schema = schema;
    this.reading = reading;
  }

  void tell(Error error, Spot spot) {
    switch (error.getKeyword()) {
      case "additionalProperties" -> unknownKey(error, spot);
      case "required" -> missingKey(error, spot);
      case "propertyNames" -> badName(error, spot);
      case "type", "pattern", "enum" -> badValue(error, spot);
      case "minimum" -> tell(spot, "less than " + limit(error), "use at least " + limit(error));
      case "maximum" -> tell(spot, "more than " + limit(error), "use at most " + limit(error));
      case "minItems", "minProperties" -> tell(spot, "empty", "name at least one");
      case "uniqueItems" -> tell(spot, "naming something twice", "keep one of each");
      default -> tell(spot, "wrong: " + Quoted.plain(error.getMessage()), "see its documentation");
    }
  }

  private static String limit(Error error) {
    return error.getSchemaNode().asString();
  }

  private void unknownKey(Error error, Spot spot) {
    Spot key = spot.child(error.getProperty());
    String where = spot.pointer().isRoot() ? "" : " in " + spot.pointer();
    reading.refuse(key.pointer());
    reading.problem(
        key.key(),
        "unknown key " + Quoted.of(error.getProperty()) + where,
        error.getProperty().equals("<<")
            ? "YAML 1.2 has no merge keys: use an alias for a whole value"
            : Nearest.mend(error.getProperty(), keys(holder(error).path("properties"))));
  }

  private static List<String> keys(JsonNode properties) {
    return new ArrayList<>(properties.propertyNames());
  }

  private void missingKey(Error error, Spot spot) {
    String key = error.getProperty();
    JsonNode wanted = resolved(holder(error).path("properties").path(key));
    String where = spot.pointer().isRoot() ? "the file" : spot.pointer().toString();
    reading.refuse(spot.pointer().child(key));
    reading.problem(
        spot.key(),
        where + " has no " + key,
        "add "
            + key
            + ", "
            + title(wanted)
            + example(wanted).map(e -> ", for example " + e).orElse(""));
  }

  private void badName(Error error, Spot spot) {
    Spot key = spot.child(error.getProperty());
    JsonNode form = resolved(error.getSchemaNode());
    reading.refuse(key.pointer());
    reading.problem(
        key.key(),
        Quoted.of(error.getProperty()) + " is not " + title(form),
        "write for example " + example(form).orElse("another"));
  }

  private void badValue(Error error, Spot spot) {
    JsonNode form = holder(error);
    Optional<Tree> value = spot.value();
    boolean empty =
        value.isPresent()
            && value.get() instanceof Tree.Leaf leaf
            && leaf.kind() == Tree.Leaf.Kind.NOTHING;
    if (empty) {
      reading.refuse(spot.pointer());
      reading.problem(spot.key(), spot.pointer() + " has no value", mend(form, value));
      return;
    }
    // A secret is never shown, also not where it should not stand.
    boolean secret = form.path("x-secret").asBoolean(false);
    String shown = secret ? "written out here" : shown(value);
    tell(spot, shown + (secret ? "" : not(form)), mend(form, value));
  }

  private static String not(JsonNode form) {
    return form.has("enum")
        ? ", which is none of " + String.join(", ", words(form))
        : ", which is not " + title(form);
  }

  private static String shown(Optional<Tree> value) {
    return switch (value.orElseThrow()) {
      case Tree.Table _ -> "a map";
      case Tree.Items _ -> "a list";
      case Tree.Leaf leaf -> Quoted.of(leaf.text());
    };
  }

  private static String mend(JsonNode form, Optional<Tree> value) {
    if (form.has("x-mend")) {
      return form.path("x-mend").asString();
    }
    if (form.has("enum") && value.isPresent() && value.get() instanceof Tree.Leaf leaf) {
      Optional<String> near = Nearest.of(leaf.text(), words(form));
      return near.map(n -> "did you mean " + Quoted.of(n) + "?").orElse("use one of them");
    }
    if (form.path("type").asString("").equals("boolean")) {
      return "write true or false, without quotes";
    }
    return example(form).map(e -> "write for example " + e).orElse("write " + title(form));
  }

  private void tell(Spot spot, String what, String mend) {
    reading.refuse(spot.pointer());
    Place place = spot.value().map(Tree::place).orElse(Place.TOP);
    reading.problem(place, spot.pointer() + " is " + what, mend);
  }

  /** The schema that the broken keyword stands in. */
  private JsonNode holder(Error error) {
    String fragment = String.valueOf(error.getSchemaLocation().getFragment());
    return schema.at(fragment.substring(0, fragment.lastIndexOf('/')));
  }

  private JsonNode resolved(JsonNode form) {
    String ref = form.path("$ref").asString("");
    return ref.isEmpty() ? form : schema.at(ref.substring(1));
  }

  private static String title(JsonNode form) {
    if (form.has("title")) {
      return form.path("title").asString();
    }
    if (form.has("enum")) {
      return "one of " + String.join(", ", words(form));
    }
    JsonNode type = form.path("type");
    return switch ((type.isArray() ? type.path(0) : type).asString("")) {
      case "integer" -> "a whole number";
      case "number" -> "a number";
      case "boolean" -> "true or false";
      case "object" -> "a map of keys";
      case "array" -> "a list";
      default -> "text";
    };
  }

  private static List<String> words(JsonNode form) {
    return form.path("enum").valueStream().map(JsonNode::asString).toList();
  }

  private static Optional<String> example(JsonNode form) {
    if (form.has("examples")) {
      List<String> all = form.path("examples").valueStream().map(Wording::plain).toList();
      String rest = String.join(", ", all.subList(0, all.size() - 1));
      return Optional.of(rest.isEmpty() ? all.getLast() : rest + " or " + all.getLast());
    }
    boolean shows = form.has("default") && !form.path("default").isContainer();
    return shows ? Optional.of(plain(form.path("default"))) : Optional.empty();
  }

  private static String plain(JsonNode value) {
    return value.isContainer() ? value.toString() : value.asString();
  }
}
