package org.spillway.guard;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spillway.mail.Address;
import org.spillway.mail.Domain;

/**
 * A sender map in a file, a user a line: {@code alice: alice@example.com, info@example.com}. {@code
 * @example.org} stands for a whole domain, {@code *} for every address. A user without a line has
 * none.
 */
public final class FileSenderMap implements SenderMap {
  private static final Logger LOG = LoggerFactory.getLogger(FileSenderMap.class);
  private static final String ALL = "*";

  private final Map<String, Set<String>> byUser = new HashMap<>();

  private FileSenderMap() {}

  /** Reads a file; bad parts of it are told in the log and give nobody anything. */
  public static FileSenderMap read(Path file) throws IOException {
    FileSenderMap map = new FileSenderMap();
    int number = 0;
    for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
      number++;
      Optional<String> fault = fault(line);
      if (fault.isPresent()) {
        LOG.warn("{}:{}: {}; the line is left out", file, number, fault.get());
      } else {
        map.add(line);
      }
    }
    return map;
  }

  /** What is wrong with a line; empty when it is good. Never throws. */
  public static Optional<String> fault(String line) {
    if (isNothing(line)) {
      return Optional.empty();
    }
    int colon = line.indexOf(':');
    if (colon < 1 || line.substring(0, colon).isBlank()) {
      return Optional.of("the line is not USER: ADDRESS, ADDRESS");
    }
    for (String word : words(line, colon)) {
      if (key(word).isEmpty()) {
        return Optional.of("the line has something that is no address and no @domain");
      }
    }
    return Optional.empty();
  }

  private static boolean isNothing(String line) {
    return line.isBlank() || line.stripLeading().startsWith("#");
  }

  private static String[] words(String line, int colon) {
    String rest = line.substring(colon + 1).strip();
    return rest.isEmpty() ? new String[0] : rest.split("[,\\s]+");
  }

  private static Optional<String> key(String word) {
    if (word.equals(ALL)) {
      return Optional.of(ALL);
    }
    return word.startsWith("@")
        ? Domain.parse(word.substring(1)).map(domain -> "@" + domain.name())
        : Address.parse(word).map(Address::key);
  }

  private void add(String line) {
    if (isNothing(line)) {
      return;
    }
    int colon = line.indexOf(':');
    String user = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
    Set<String> keys = byUser.computeIfAbsent(user, _ -> new HashSet<>());
    for (String word : words(line, colon)) {
      key(word).ifPresent(keys::add);
    }
  }

  @Override
  public boolean mayUse(String user, Address address) {
    Set<String> keys = byUser.getOrDefault(user.toLowerCase(Locale.ROOT), Set.of());
    return keys.contains(address.key())
        || keys.contains("@" + address.domain().name())
        || keys.contains(ALL);
  }
}
