package org.spillway.peers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** All maildirs below a folder; each file is read once. */
final class Maildir implements Mailbox {

  private final Path folder;
  private final Map<Path, Optional<Mail>> seen = new HashMap<>();

  /**
   * One file.
   *
   * @param id its X-Test-Id, else its Message-ID
   * @param header the lines of its header section
   */
  record Mail(String id, List<String> header) {}

  Maildir(Path folder) {
    this.folder = folder;
  }

  @Override
  public Map<String, Integer> arrivals() {
    Map<String, Integer> counts = new HashMap<>();
    mails().forEach(mail -> counts.merge(mail.id(), 1, Integer::sum));
    return counts;
  }

  /** Every message that is here now. */
  synchronized List<Mail> mails() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.getParent().endsWith("new"))
          .flatMap(file -> seen.computeIfAbsent(file, Maildir::read).stream())
          .toList();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static Optional<Mail> read(Path file) {
    List<String> header = new ArrayList<>();
    try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
      for (String line = lines.readLine(); line != null && !line.isEmpty(); ) {
        header.add(line);
        line = lines.readLine();
      }
    } catch (NoSuchFileException moved) {
      return Optional.empty();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    return field(header, "x-test-id:")
        .or(() -> field(header, "message-id:"))
        .map(id -> new Mail(id, header));
  }

  private static Optional<String> field(List<String> header, String name) {
    return header.stream()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name))
        .map(line -> line.substring(name.length()).strip())
        .findFirst();
  }
}
