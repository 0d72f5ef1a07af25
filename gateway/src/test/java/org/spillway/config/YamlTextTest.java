package org.spillway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.spillway.config.ConfigText.good;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** YAML that is none, or too much of it. */
final class YamlTextTest {
  @TempDir private Path folder;

  private static List<String> problems(String text) {
    Config.Result result =
        Config.parse(text, Path.of("s.yaml"), Map.of(), Config.MissingFiles.REFUSE);
    return result instanceof Config.Invalid invalid
        ? invalid.problems().stream().map(Problem::toString).toList()
        : List.of();
  }

  @Test
  void aKeyThatStandsTwice() {
    assertThat(problems(good() + "networks: [192.0.2.11]\n"))
        .containsExactly(
            "s.yaml:7:1: the key \"networks\" stands already in line 3; keep one of them");
  }

  @Test
  void aliasesAreUsedAgain() {
    ConfigText text =
        good()
            .withOwn("health: &h {failures: 9}")
            .withSite("r", "{kind: relay, hosts: [r.example], health: *h}");
    assertThat(text.problems()).isEmpty();
    assertThat(text.settings().sites().values())
        .filteredOn(s -> s.health().failures() == 9)
        .hasSize(2);
  }

  @Test
  void aBombOfAliases() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 12; i++) {
      String use = "*a" + (i - 1);
      bomb.append("a" + i + ": &a" + i + " [" + (use + ", ").repeat(9) + use + "]\n");
    }
    assertThat(problems(bomb.toString()))
        .singleElement()
        .asString()
        .endsWith("more than 100000 values; use fewer aliases, or smaller ones");
  }

  @Test
  void anAnchorWithinItself() {
    assertThat(problems("node: &n {name: *n}\n"))
        .containsExactly(
            "s.yaml:1:17: the anchor of \"*n\" does not stand before it; define it with & first");
    assertThat(problems("node: *m\n")).hasSize(1);
  }

  @Test
  void tooManyLevels() {
    assertThat(problems("a: " + "[".repeat(5000)))
        .singleElement()
        .asString()
        .contains("more than 16 levels");
    assertThat(problems("a: " + "{b: ".repeat(5000))).hasSize(1);
  }

  @Test
  void tagsAndMergeKeys() {
    assertThat(problems("node: !!java.io.File {name: a.b}\n"))
        .singleElement()
        .asString()
        .contains("a tag, \"tag:yaml.org,2002:java.io.File\"");
    assertThat(problems("node: &n {name: a.b}\nlimits: {<<: *n}\n"))
        .contains(
            "s.yaml:2:10: unknown key \"<<\" in limits; YAML 1.2 has no merge keys: use an alias"
                + " for a whole value");
  }

  @Test
  void keysThatAreNoText() {
    assertThat(problems("? [a, b]\n: c\n"))
        .containsExactly("s.yaml:1:3: a key that is not text; write the key as one word");
    assertThat(problems("? {a: b}\n: c\n")).hasSize(1);
  }

  @Test
  void moreOrLessThanOneDocument() {
    assertThat(problems(good() + "---\nnode: {}\n"))
        .containsExactly("s.yaml:7:1: a second document begins here; keep one document in a file");
    String none = "s.yaml:1:1: the file has no node; add node, a map of keys";
    assertThat(problems("")).containsExactly(none);
    assertThat(problems("# nothing\n")).containsExactly(none);
    assertThat(problems("---\n...\n")).containsExactly(none);
  }

  @Test
  void noMapAtAll() {
    assertThat(problems("just text"))
        .containsExactly(
            "s.yaml:1:1: the file is not a map of keys; begin with keys such as \"node:\"");
    assertThat(problems("- a\n- b\n")).hasSize(1);
  }

  @Test
  void syntax() {
    assertThat(problems("node: {name: a.b\nnetworks: []\n")).hasSize(1);
    assertThat(problems("node:\n  name: a.b\n dns: []\n")).hasSize(1);
    assertThat(problems("node: \"abc\n")).hasSize(1);
    assertThat(problems("node: @a\n")).hasSize(1);
    assertThat(problems("node:\n  name: a\u0007b\n"))
        .containsExactly(
            "s.yaml:2:10: a character that YAML does not allow, U+0007; remove it, or write it as"
                + " an escape in double quotes");
    assertThat(problems("%YAML 9.9\n---\na: b\n")).hasSize(1);
  }

  @Test
  void problemsAreOneLineWithoutControlCharacters() {
    assertThat(problems("\"a\\n\\e[31m\": 1\n" + good()))
        .containsExactly(
            "s.yaml:1:1: unknown key \"a\\u000a\\u001b[31m\"; use one of node, listeners, tls,"
                + " submission, networks, domains, sites, routes, limits, authentication, dnssec,"
                + " reports, guard, retry, replies, spool, database, logging");
  }

  @Test
  void filesThatCannotBeRead() throws IOException {
    Path gone = folder.resolve("gone.yaml");
    assertThat(load(gone))
        .containsExactly(gone + ":1:1: no such file; name the configuration with -c FILE");
    assertThat(load(folder)).hasSize(1);
    Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xc3, 0x28});
    assertThat(load(binary))
        .containsExactly(binary + ":1:1: not UTF-8 text; save the file as UTF-8");
    Path large = Files.write(folder.resolve("large"), new byte[(1 << 20) + 1]);
    assertThat(load(large)).hasSize(1);
    Path marked = folder.resolve("marked");
    Files.write(marked, ("\uFEFF" + good()).getBytes(StandardCharsets.UTF_8));
    assertThat(load(marked)).isEmpty();
  }

  private static List<String> load(Path file) {
    return switch (Config.load(file, Map.of())) {
      case Config.Loaded _ -> List.of();
      case Config.Invalid invalid -> invalid.problems().stream().map(Problem::toString).toList();
    };
  }
}
