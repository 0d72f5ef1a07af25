package org.spillway.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spillway.mail.Address;

/** Which user may send as whom. */
class FileSenderMapTest {
  @TempDir Path directory;

  private SenderMap map(String... lines) throws IOException {
    return FileSenderMap.read(
        Files.writeString(directory.resolve("senders"), String.join("\n", lines)));
  }

  private static boolean may(SenderMap map, String user, String address) {
    return map.mayUse(user, Address.parse(address).orElseThrow());
  }

  @Test
  void addressesDomainsAndAll() throws IOException {
    SenderMap map =
        map(
            "# users",
            "Alice: alice@example.com, Sales@example.com",
            "alice: a.smith@example.com",
            "bob: @example.org bob@example.com",
            "erp: *",
            "nobody:",
            "broken: what",
            "no colon");
    assertThat(may(map, "alice", "ALICE@example.com")).isTrue();
    assertThat(may(map, "ALICE", "sales@example.com")).isTrue();
    assertThat(may(map, "alice", "a.smith@example.com")).isTrue();
    assertThat(may(map, "alice", "bob@example.com")).isFalse();
    assertThat(may(map, "bob", "anyone@example.org")).isTrue();
    assertThat(may(map, "bob", "anyone@sub.example.org")).isFalse();
    assertThat(may(map, "erp", "x@y.test")).isTrue();
    assertThat(may(map, "nobody", "x@y.test")).isFalse();
    assertThat(may(map, "stranger", "x@y.test")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  # comment", "a:", "a: b@c.test", "a@b.test: @c.test, *"})
  void good(String line) {
    assertThat(FileSenderMap.fault(line)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", ": b@c.test", "a: b", "a: @", "a: b@c.test; d@e.test"})
  void bad(String line) {
    assertThat(FileSenderMap.fault(line)).isPresent();
  }
}
