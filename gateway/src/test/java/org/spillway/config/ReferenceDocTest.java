package org.spillway.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The schema is published, says something of every key, and the reference says what it says. */
final class ReferenceDocTest {
  private static final String BEGIN =
      "<!-- written from the schema by ReferenceDocTest: begin -->\n";
  private static final String END = "<!-- end -->\n";

  private static String resource() throws IOException {
    try (InputStream in = Config.class.getResourceAsStream("spillway.schema.json")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static JsonNode schema() throws IOException {
    return JsonMapper.shared().readTree(resource());
  }

  @Test
  void thePublishedSchemaIsTheOneThatIsUsed() throws IOException {
    GoldenFile.compare(GoldenFile.TOP.resolve("docs/spillway.schema.json"), resource());
  }

  @Test
  void theReferenceListsEveryKeyOfTheSchema() throws IOException {
    Path file = GoldenFile.TOP.resolve("docs/configuration.md");
    String text = Files.readString(file);
    int begin = text.indexOf(BEGIN) + BEGIN.length();
    int end = text.indexOf(END, begin);
    assertThat(begin).isGreaterThan(BEGIN.length());
    String wanted = text.substring(0, begin) + ReferenceText.of(schema()) + text.substring(end);
    GoldenFile.compare(file, wanted);
  }

  @Test
  void everyKeySaysWhatItIsAndWhatItsDefaultIs() throws IOException {
    List<String> silent = new ArrayList<>();
    look("", schema(), silent);
    assertThat(silent).isEmpty();
  }

  private static void look(String path, JsonNode node, List<String> silent) {
    node.path("properties")
        .forEachEntry(
            (key, property) -> {
              String at = path + "/" + key;
              boolean section =
                  property.has("properties")
                      || property
                          .path("$ref")
                          .asString("")
                          .matches("#/[$]defs/site-(limits|timeouts|health)");
              boolean standard = property.has("default") || property.has("x-default") || section;
              if (property.path("description").asString("").isBlank() || !standard) {
                silent.add(at);
              }
              look(at, property, silent);
            });
    node.path("$defs").forEachEntry((name, form) -> look(path + "/$" + name, form, silent));
  }
}
