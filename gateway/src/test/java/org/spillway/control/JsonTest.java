package org.spillway.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Objects on one line, there and back. */
final class JsonTest {
  @Test
  void thereAndBack() throws IOException {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("text", "ü\n\u001b\"\\");
    object.put("number", 10_400L);
    object.put("share", 0.5);
    object.put("truth", true);
    object.put("list", List.of("a", 1L, Map.of("k", "v")));
    object.put("map", Map.of("inner", List.of()));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Json.write(object, out);
    assertThat(out.toString(StandardCharsets.UTF_8)).endsWith("}\n").doesNotContain("\u001b");
    assertThat(Json.read(out.toByteArray())).contains(object);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "\"text\"",
        "{",
        "{}{}",
        "{\"a\":[null]}",
        "{\"a\":1,\"a\":2}",
        "{\"a\":99999999999999999999}",
        "{\"a\":[",
        "{\"a\"",
        "{'a':1}",
        "{\"a\":NaN}"
      })
  void whatIsNoObjectOfOursIsNothing(String text) {
    assertThat(Json.read(text.getBytes(StandardCharsets.UTF_8))).isEmpty();
  }

  @Test
  void aKeyWithNullIsLeftOut() {
    byte[] text = "{\"a\":null,\"b\":1}".getBytes(StandardCharsets.UTF_8);
    assertThat(Json.read(text)).contains(Map.of("b", 1L));
  }

  @Test
  void depthIsBounded() {
    String deep = "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000);
    assertThat(Json.read(deep.getBytes(StandardCharsets.UTF_8))).isEmpty();
    String lists = "{\"a\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}";
    assertThat(Json.read(lists.getBytes(StandardCharsets.UTF_8))).isEmpty();
  }

  @Test
  void bytesThatAreNoTextAreNothing() {
    assertThat(Json.read(new byte[] {'{', '"', (byte) 0xff, (byte) 0xfe, '"', ':', '1', '}'}))
        .isEmpty();
  }
}
