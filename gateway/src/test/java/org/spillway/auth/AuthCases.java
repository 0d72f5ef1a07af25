package org.spillway.auth;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.spillway.mail.Content;
import org.spillway.testing.FakeDns;
import org.spillway.testing.Peers;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The cases of the public suites of message authentication. */
public final class AuthCases {
  /** When the cases without a time of their own are judged. */
  public static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

  private AuthCases() {}

  /** One case; its JSON has what is not named here. */
  public record Case(String id, Bytes message, FakeDns dns, Instant now, JsonNode json) {
    /** The results that are right for a method. */
    public List<String> expect(String method) {
      List<String> words = new ArrayList<>();
      json.get("expect").get(method).forEach(word -> words.add(word.asString()));
      return words;
    }

    @Override
    public String toString() {
      return id;
    }
  }

  /** A message in memory, with CRLF at its line ends. */
  public record Bytes(byte[] bytes) implements Content {
    /** Of text with LF or CRLF. */
    public static Bytes of(String text) {
      return new Bytes(crlf(text).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public long sizeBytes() {
      return bytes.length;
    }

    @Override
    public InputStream open() {
      return new ByteArrayInputStream(bytes);
    }
  }

  /** All cases of a file of the suites; skips the test where there are no suites. */
  public static List<Case> read(String file) {
    Path folder = Peers.requireSuites().resolve("authcases");
    try {
      List<Case> cases = new ArrayList<>();
      for (JsonNode json : new ObjectMapper().readTree(Files.readString(folder.resolve(file)))) {
        cases.add(
            new Case(
                json.get("id").asString(),
                message(folder.resolve(json.get("message").asString())),
                zone(json.get("zonedata")),
                json.has("now") && json.get("now").isNumber()
                    ? Instant.ofEpochSecond(json.get("now").asLong())
                    : NOW,
                json));
      }
      return cases;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Bytes message(Path file) throws IOException {
    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
    return new Bytes(crlf(text).getBytes(StandardCharsets.ISO_8859_1));
  }

  private static String crlf(String text) {
    return text.replace("\r\n", "\n").replace("\n", "\r\n");
  }

  private static FakeDns zone(JsonNode zone) {
    FakeDns dns = new FakeDns();
    zone.properties()
        .forEach(
            name -> {
              for (JsonNode record : name.getValue()) {
                if (record.isString()) {
                  dns.fail(name.getKey(), record.asString());
                } else {
                  dns.txt(name.getKey(), record.get("TXT").asString());
                }
              }
            });
    return dns;
  }
}
