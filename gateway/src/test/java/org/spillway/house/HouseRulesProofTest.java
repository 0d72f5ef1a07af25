package org.spillway.house;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each house rule can be broken: tried on a line of Java that breaks it, and on one that does not.
 */
final class HouseRulesProofTest {

  private static final String MAIN = "gateway/src/main/java/org/spillway/mail/A.java";
  private static final String TEST = "gateway/src/test/java/org/spillway/mail/A.java";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CLOCK | Instant a = Instant.now();",
        "CLOCK | long a = System.currentTimeMillis();",
        "CLOCK | LocalDate a = java.time.LocalDate.now();",
        "CLOCK | InstantSource a = InstantSource.system();",
        "CLOCK | Clock a = Clock.systemUTC();",
        "NANO_TIME | long a = System.nanoTime();",
        "CHANCE | Random a = new Random();",
        "CHANCE | double a = Math.random();",
        "CHANCE | int a = ThreadLocalRandom.current().nextInt();",
        "NAME | class SpoolImpl {}",
        "NAME | interface AbstractSpool {}",
        "NAME | record MailUtils() {}",
        "GETTER | String getName() { return \"\"; }",
        "GETTER | String get() { return \"\"; }",
        "OBJECT_STREAMS | Object a = new ObjectSerializationCodecFactory();",
        "OBJECT_STREAMS | org.apache.mina.core.buffer.IoBuffer a; Object b = a.getObject();",
        "CLUSTER_LIBRARY | org.jgroups.JChannel a;",
        "TEST_OFF | @Disabled void a() {}",
        "FUZZ_ALONE | @FuzzTest void a(byte[] b) {}",
      })
  void breaks(HouseRules rule, String member) {
    assertThat(rule.broken(Source.of(MAIN, "class A { " + member + " }"))).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CLOCK | Instant a = clock.instant();",
        "CLOCK | Instant a = Instant.now(clock);",
        "CHANCE | int a = random.nextInt(3);",
        "CHANCE | Random a = new SecureRandom();",
        "NAME | class Implicit {}",
        "GETTER | @Override public String getMessage() { return \"\"; }",
        "GETTER | String getaway() { return \"\"; }",
        "OBJECT_STREAMS | Object a = resultSet.getObject(1);",
        "SLEEP | void a() { Thread.sleep(1); }",
      })
  void keeps(HouseRules rule, String member) {
    assertThat(rule.broken(Source.of(MAIN, "class A { " + member + " }"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"Thread.sleep(1)", "TimeUnit.SECONDS.sleep(1)", "LockSupport.parkNanos(1)"})
  void noTestSleeps(String call) {
    String text = "class A { void a() { " + call + "; } }";
    assertThat(HouseRules.SLEEP.broken(Source.of(TEST, text))).hasSize(1);
  }

  @Test
  void aLongMethod() {
    String longest = "class A { void a() {" + "\n;".repeat(38) + "\n} }";
    String longer = "class A { void a() {" + "\n;".repeat(39) + "\n} }";
    assertThat(HouseRules.METHOD_LENGTH.broken(Source.of(MAIN, longest))).isEmpty();
    assertThat(HouseRules.METHOD_LENGTH.broken(Source.of(MAIN, longer))).hasSize(1);
  }

  @Test
  void aLongFile() {
    assertThat(HouseRules.FILE_LENGTH.broken(Source.of(TEST, "//\n".repeat(300)))).isEmpty();
    assertThat(HouseRules.FILE_LENGTH.broken(Source.of(TEST, "//\n".repeat(301)))).hasSize(1);
  }

  @Test
  void anUnfinishedLine() {
    String text = "class A {}\n// TO" + "DO later\n";
    assertThat(HouseRules.UNFINISHED.broken(Source.of(MAIN, text)))
        .singleElement()
        .asString()
        .startsWith(MAIN + ":2:");
  }

  @Test
  void aWildcard() {
    String text = "import java.util.*; class A {}";
    assertThat(HouseRules.WILDCARD_IMPORT.broken(Source.of(MAIN, text))).hasSize(1);
  }

  @Test
  void aFuzzTestAlone() {
    String text = "class DialogFuzzTest { @FuzzTest void a(byte[] b) {} }";
    String path = "gateway/src/test/java/org/spillway/smtp/DialogFuzzTest.java";
    assertThat(HouseRules.FUZZ_ALONE.broken(Source.of(path, text))).isEmpty();
  }
}
