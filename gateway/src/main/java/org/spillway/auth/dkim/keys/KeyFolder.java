package org.spillway.auth.dkim.keys;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.spillway.auth.dkim.Algorithm;
import org.spillway.auth.dkim.SignatureEngine;
import org.spillway.mail.Domain;

/** A folder of private keys: {@code DOMAIN/SELECTOR.pem}. */
public final class KeyFolder {
  /**
   * What stands in a folder.
   *
   * @param selectors that can be used
   * @param problems files that cannot, each with the reason
   */
  public record Reading(List<Selector> selectors, List<String> problems) {
    public Reading {
      selectors = List.copyOf(selectors);
      problems = List.copyOf(problems);
    }
  }

  private static final String PEM = ".pem";

  private final Path folder;
  private final SignatureEngine engine;

  /** A folder that may not be there yet. */
  public KeyFolder(Path folder, SignatureEngine engine) {
    this.folder = folder;
    this.engine = engine;
  }

  /** Reads all keys; a folder that is not there holds none. */
  public Reading read() throws IOException {
    List<Selector> selectors = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (Path domain : list(folder)) {
      for (Path file : Files.isDirectory(domain) ? list(domain) : List.<Path>of()) {
        if (file.toString().endsWith(PEM)) {
          read(file, selectors, problems);
        }
      }
    }
    return new Reading(selectors, problems);
  }

  private static List<Path> list(Path of) throws IOException {
    if (!Files.isDirectory(of)) {
      return List.of();
    }
    try (Stream<Path> found = Files.list(of)) {
      return found.sorted().toList();
    }
  }

  private void read(Path file, List<Selector> selectors, List<String> problems) {
    Optional<Domain> domain = Domain.parse(file.getParent().getFileName().toString());
    String name = file.getFileName().toString();
    Optional<Domain> selector = Domain.parse(name.substring(0, name.length() - PEM.length()));
    if (domain.isEmpty() || selector.isEmpty()) {
      problems.add(file + ": the path is not DOMAIN/SELECTOR.pem");
      return;
    }
    switch (KeyFile.read(file, engine)) {
      case KeyFile.Reading.Good(KeyFile key) ->
          selectors.add(new Selector(domain.get(), selector.get().name(), key));
      case KeyFile.Reading.Bad(String why) -> problems.add(file + ": " + why);
    }
  }

  /** Makes a key and its file; a file that is there is never written over. */
  public Selector create(Domain domain, String name, Algorithm algorithm, Optional<Instant> created)
      throws IOException {
    Path home = folder.resolve(domain.name());
    Files.createDirectories(
        home, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    KeyFile file = new KeyFile(KeyMaterial.generate(algorithm, engine), created);
    file.write(home.resolve(name + PEM));
    return new Selector(domain, name, file);
  }
}
