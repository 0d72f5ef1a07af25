package org.spillway.config;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Judges the shape of a file by the published JSON Schema: keys, types, ranges, words. */
final class Shape {
  private static final String RESOURCE = "spillway.schema.json";
  private static final double FURTHEST = 1e15;
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private Shape() {}

  /** Read once, when first needed. */
  private static final class Loaded {
    private static final JsonNode TEXT = document();
    private static final Schema SCHEMA =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(withoutNotes(TEXT));

    private static JsonNode document() {
      try (InputStream in = Shape.class.getResourceAsStream(RESOURCE)) {
        return JsonMapper.shared().readTree(in);
      } catch (IOException unreadable) {
        throw new UncheckedIOException(unreadable);
      }
    }
  }

  /** The schema without our own {@code x-} notes, which the validator would complain about. */
  private static JsonNode withoutNotes(JsonNode node) {
    return switch (node) {
      case ObjectNode object -> {
        ObjectNode plain = JSON.objectNode();
        object.properties().stream()
            .filter(property -> !property.getKey().startsWith("x-"))
            .forEach(property -> plain.set(property.getKey(), withoutNotes(property.getValue())));
        yield plain;
      }
      case ArrayNode array -> {
        ArrayNode plain = JSON.arrayNode();
        array.forEach(item -> plain.add(withoutNotes(item)));
        yield plain;
      }
      default -> node;
    };
  }

  /** Tells every breach of the schema. */
  static void check(Tree.Table root, Reading reading) {
    Wording wording = new Wording(Loaded.TEXT, reading);
    for (Error error : Loaded.SCHEMA.validate(json(root))) {
      List<String> steps = new ArrayList<>();
      for (int i = 0; i < error.getInstanceLocation().getNameCount(); i++) {
        steps.add(String.valueOf(error.getInstanceLocation().getElement(i)));
      }
      wording.tell(error, new Spot(new Pointer(steps), root));
    }
  }

  private static JsonNode json(Tree tree) {
    return switch (tree) {
      case Tree.Table table -> {
        ObjectNode object = JSON.objectNode();
        table.entries().forEach((key, entry) -> object.set(key, json(entry.value())));
        yield object;
      }
      case Tree.Items items -> {
        ArrayNode array = JSON.arrayNode();
        items.trees().forEach(t -> array.add(json(t)));
        yield array;
      }
      case Tree.Leaf leaf -> json(leaf);
    };
  }

  private static JsonNode json(Tree.Leaf leaf) {
    return switch (leaf.kind()) {
      case TEXT -> JSON.stringNode(leaf.text());
      case WHOLE -> JSON.numberNode(Long.parseLong(leaf.text()));
      case FRACTION -> fraction(leaf.text());
      case TRUTH -> JSON.booleanNode(Boolean.parseBoolean(leaf.text()));
      case NOTHING -> JSON.nullNode();
    };
  }

  /** A number beyond a long becomes the furthest long: it is out of every range all the same. */
  private static JsonNode fraction(String text) {
    double value = Double.parseDouble(text);
    return Math.abs(value) < FURTHEST ? JSON.numberNode(value) : JSON.numberNode((long) value);
  }
}
