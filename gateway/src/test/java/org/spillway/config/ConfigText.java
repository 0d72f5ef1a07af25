package org.spillway.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A good configuration, of which a test changes a section, to see what is said of it.
 *
 * @param sections each top-level key with its text in flow style
 * @param directory where the file is taken to be
 * @param environment its variables
 */
record ConfigText(Map<String, String> sections, Path directory, Map<String, String> environment) {

  /** Mail for example.com to a mail server, mail from one network straight to the world. */
  static ConfigText good() {
    Map<String, String> sections = new LinkedHashMap<>();
    sections.put("node", "{name: mx.example.com}");
    sections.put("listeners", "{smtp: {port: 25}}");
    sections.put("networks", "[192.0.2.10]");
    sections.put("domains", "{example.com: {}}");
    sections.put(
        "sites",
        "{own: {kind: smtp, hosts: [192.0.2.10], hosts-domains: [example.com]}, out: {kind: mx}}");
    sections.put(
        "routes", "[{direction: inbound, sites: [own]}, {direction: outbound, sites: [out]}]");
    return new ConfigText(sections, Path.of("conf"), Map.of());
  }

  ConfigText with(String key, String text) {
    Map<String, String> changed = new LinkedHashMap<>(sections);
    changed.put(key, text);
    return new ConfigText(changed, directory, environment);
  }

  ConfigText without(String key) {
    Map<String, String> changed = new LinkedHashMap<>(sections);
    changed.remove(key);
    return new ConfigText(changed, directory, environment);
  }

  /** One more site beside the two, and the one route to the world that uses both. */
  ConfigText withSite(String name, String text) {
    String sites = sections.get("sites");
    return with("sites", sites.substring(0, sites.length() - 1) + ", " + name + ": " + text + "}")
        .with(
            "routes",
            "[{direction: inbound, sites: [own]}, {direction: outbound, sites: [out, "
                + name
                + "]}]");
  }

  /** The mail server of our own, with more keys. */
  ConfigText withOwn(String keys) {
    return with("sites", sections.get("sites").replace("kind: smtp", "kind: smtp, " + keys));
  }

  ConfigText in(Path folder) {
    return new ConfigText(sections, folder, environment);
  }

  ConfigText knowing(Map<String, String> variables) {
    return new ConfigText(sections, directory, variables);
  }

  @Override
  public String toString() {
    return sections.entrySet().stream()
        .map(e -> e.getKey() + ": " + e.getValue() + "\n")
        .collect(Collectors.joining());
  }

  Config.Result result() {
    return Config.parse(
        toString(), directory.resolve("spillway.yaml"), environment, Config.MissingFiles.REFUSE);
  }

  /** What is said of it, without places. */
  List<String> problems() {
    return switch (result()) {
      case Config.Loaded _ -> List.of();
      case Config.Invalid invalid -> said(invalid.problems());
    };
  }

  /** What it is warned of, without places; it must be good. */
  List<String> warnings() {
    Config.Result result = result();
    assertThat(result).isInstanceOf(Config.Loaded.class);
    return said(((Config.Loaded) result).warnings());
  }

  Settings settings() {
    Config.Result result = result();
    assertThat(result).isInstanceOf(Config.Loaded.class);
    return ((Config.Loaded) result).settings();
  }

  private static List<String> said(List<Problem> problems) {
    return problems.stream().map(p -> p.what() + "; " + p.mend()).toList();
  }
}
