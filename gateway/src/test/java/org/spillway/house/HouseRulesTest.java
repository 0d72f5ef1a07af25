package org.spillway.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every module keeps the house rules; what may break one stands in house-rules.txt. */
final class HouseRulesTest {

  /** One line of house-rules.txt. */
  private record Excuse(HouseRules rule, String path) {
    static Excuse of(String line) {
      String[] words = line.strip().split("\\s+", 3);
      assertThat(words).as("rule, file and reason: " + line).hasSize(3);
      return new Excuse(HouseRules.valueOf(words[0]), words[1]);
    }
  }

  private static List<Source> sources;
  private static Set<Excuse> excuses;

  @BeforeAll
  static void readTheRepository() throws IOException {
    sources = Source.ofRepository();
    excuses = new HashSet<>();
    for (String line : Files.readAllLines(Repository.ROOT.resolve("gateway/house-rules.txt"))) {
      if (!line.isBlank() && !line.startsWith("#")) {
        excuses.add(Excuse.of(line));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void isKept(HouseRules rule) {
    assertThat(sources).isNotEmpty();
    assertThat(
            sources.stream()
                .filter(source -> !excuses.contains(new Excuse(rule, source.path())))
                .flatMap(source -> rule.broken(source).stream()))
        .as("what breaks " + rule)
        .isEmpty();
  }

  @Test
  void noExcuseIsLeftOver() {
    List<Excuse> needed = new ArrayList<>();
    for (Source source : sources) {
      for (HouseRules rule : HouseRules.values()) {
        if (!rule.broken(source).isEmpty()) {
          needed.add(new Excuse(rule, source.path()));
        }
      }
    }
    assertThat(needed).as("lines of house-rules.txt that excuse something").containsAll(excuses);
  }

  @Test
  void everyPackageIntroducesItself() {
    Set<Path> silent = new TreeSet<>();
    Set<Path> introduced = new TreeSet<>();
    for (Source source : sources) {
      Path file = Path.of(source.path());
      if (source.isMain()) {
        (file.endsWith("package-info.java") ? introduced : silent).add(file.getParent());
      }
    }
    silent.removeAll(introduced);
    assertThat(silent).as("packages without package-info.java").isEmpty();
  }

  @Test
  void nothingIsUnfinishedInScriptsAndSamples() throws IOException {
    Pattern mark = Pattern.compile("\\b(TO" + "DO|FIX" + "ME)\\b");
    List<Path> files = new ArrayList<>(Repository.files(".ci"));
    for (String folder : List.of("config-samples", "docs", "appliance-image/src/main/dist")) {
      files.addAll(Repository.files(folder));
    }
    List<Path> unfinished = new ArrayList<>();
    for (Path file : files) {
      if (mark.matcher(Files.readString(file)).find()) {
        unfinished.add(file);
      }
    }
    assertThat(unfinished).isEmpty();
  }
}
