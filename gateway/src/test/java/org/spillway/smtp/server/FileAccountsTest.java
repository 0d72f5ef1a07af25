package org.spillway.smtp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spillway.mail.Secret;

/** Accounts in a file. */
class FileAccountsTest {
  private static final byte[] SALT = {1, 2, 3, 4};
  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void write() throws IOException {
    file = folder.resolve("accounts");
    Files.writeString(
        file, "# who may send\n\nalice:" + FileAccounts.line(Secret.of("secret"), 10, SALT) + "\n");
  }

  @Test
  void onlyTheRightPasswordOfAKnownUser() throws IOException {
    FileAccounts accounts = new FileAccounts(file);
    assertThat(accounts.verify("alice", Secret.of("secret"))).isTrue();
    assertThat(accounts.verify("alice", Secret.of("Secret"))).isFalse();
    assertThat(accounts.verify("alice", Secret.of(""))).isFalse();
    assertThat(accounts.verify("bob", Secret.of("secret"))).isFalse();
    assertThat(accounts.verify("", Secret.of(""))).isFalse();
  }

  @Test
  void aBadLineIsNamed() throws IOException {
    Files.writeString(file, "# x\nbob:clear-text\n");
    assertThatThrownBy(() -> new FileAccounts(file)).hasMessageContaining("accounts:2: want name:");
  }

  @Test
  void everyHashHasItsOwnSaltAndHidesThePassword() {
    String one = FileAccounts.hash(Secret.of("hidden"));
    assertThat(one).startsWith("pbkdf2-sha256:600000:").doesNotContain("hidden");
    assertThat(one).isNotEqualTo(FileAccounts.hash(Secret.of("hidden")));
  }
}
