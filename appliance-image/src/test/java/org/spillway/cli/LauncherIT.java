package org.spillway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/spillway} of the built tree finds a Java that is new enough, or says what to do. */
final class LauncherIT {

  private static final Path TREE = Path.of("target/spillway").toAbsolutePath();
  private static final Path THIS_JAVA = Path.of(System.getProperty("java.home"));

  /** What a command left: its exit code, standard output and standard error. */
  private record Left(int code, String out, String err) {}

  @TempDir private Path folder;

  @Test
  void theTreeIsWhole() {
    assertThat(TREE.resolve("bin/spillway")).isExecutable();
    assertThat(TREE.resolve("conf/spillway.yaml")).isRegularFile();
    assertThat(TREE.resolve("lib")).isDirectoryContaining("glob:**/gateway-*.jar");
    assertThat(TREE.resolve("lib")).isDirectoryNotContaining("glob:**/junit*.jar");
  }

  @Test
  void runsUnderJavaHome() throws Exception {
    Left left = version(Map.of("JAVA_HOME", THIS_JAVA.toString()));
    assertThat(left.out()).startsWith("Spillway 0.").contains("Java " + Runtime.version());
    assertThat(left.err()).isEmpty();
    assertThat(left.code()).isZero();
  }

  @Test
  void looksFurtherThanAnOldJavaHome() throws Exception {
    String old = javaOf("17.0.15").toString();
    javaOf("25.0.1");
    Left left = version(Map.of("JAVA_HOME", old, "SPILLWAY_JAVA_PLACES", folder.toString()));
    assertThat(left.out()).contains("the java of 25.0.1");
  }

  @Test
  void takesTheJavaOnPathLast() throws Exception {
    Left left = version(Map.of("PATH", THIS_JAVA.resolve("bin") + ":/usr/bin:/bin"));
    assertThat(left.out()).contains("Java " + Runtime.version());
  }

  @Test
  void prefersTheBundledRuntime() throws Exception {
    Path home = folder.resolve("opt");
    Files.createDirectories(home.resolve("bin"));
    Path script = Files.copy(TREE.resolve("bin/spillway"), home.resolve("bin/spillway"));
    Files.move(javaOf("25.0.1"), home.resolve("runtime"));
    Left left = run(script, Map.of("JAVA_HOME", THIS_JAVA.toString()));
    assertThat(left.out()).contains("the java of 25.0.1").contains("-cp " + home + "/lib/*");
  }

  @Test
  void saysWhatToDoWithoutOne() throws Exception {
    Left left = version(Map.of("JAVA_HOME", javaOf("24.0.2").toString()));
    assertThat(left.code()).isEqualTo(69);
    assertThat(left.out()).isEmpty();
    assertThat(left.err().lines())
        .singleElement()
        .asString()
        .startsWith("spillway: Java 25 or newer is needed")
        .endsWith("set JAVA_HOME to it.");
  }

  @Test
  void runsThroughALinkAndWithMoreFlags() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("spillway"), TREE.resolve("bin/spillway"));
    Left left =
        run(
            link,
            Map.of("JAVA_HOME", THIS_JAVA.toString(), "SPILLWAY_JAVA_OPTS", "-Xlog:gc -Da=b"));
    Files.delete(link);
    assertThat(left.out()).contains("[gc]").contains("Spillway 0.");
  }

  /** A folder that looks like a Java of this version and only says what it was asked to run. */
  private Path javaOf(String version) throws IOException {
    Path java = folder.resolve("java-" + version);
    Files.createDirectories(java.resolve("bin"));
    Files.writeString(java.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    program(java.resolve("bin/java"), "echo \"the java of " + version + ":\" \"$@\"");
    return java;
  }

  private static void program(Path file, String line) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + line + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private Left version(Map<String, String> environment) throws Exception {
    return run(TREE.resolve("bin/spillway"), environment);
  }

  /** Runs with this environment and no other: no JAVA_HOME, and no usual places. */
  private Left run(Path script, Map<String, String> environment) throws Exception {
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder("/bin/sh", script.toString(), "version")
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", onlyTheTools().toString());
    builder.environment().put("SPILLWAY_JAVA_PLACES", "/nowhere");
    builder.environment().putAll(environment);
    int code = builder.start().waitFor();
    return new Left(code, read(out), read(err));
  }

  private Path onlyTheTools() throws IOException {
    Path tools = folder.resolve("tools");
    Files.createDirectories(tools);
    for (String tool : List.of("readlink", "dirname", "sed")) {
      program(tools.resolve(tool), "exec /usr/bin/" + tool + " \"$@\"");
    }
    return tools;
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8);
  }
}
