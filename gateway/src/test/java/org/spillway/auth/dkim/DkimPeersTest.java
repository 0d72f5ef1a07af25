package org.spillway.auth.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spillway.auth.AuthCases;
import org.spillway.auth.dkim.keys.KeyFile;
import org.spillway.auth.dkim.keys.KeyMaterial;
import org.spillway.testing.Peers;

/**
 * Real peers: what opendkim and dkimpy (Debian's python3-dkim) sign verifies here, and what we sign
 * verifies there; in all preparations, with 8-bit text, long lines, trailing blank lines.
 */
class DkimPeersTest {
  /** Peers go by their own clock. */
  private static final Instant NOW = InstantSource.system().instant();

  /** Debian's own, where python3-dkim is; another may come first on the PATH. */
  private static final String PYTHON = "/usr/bin/python3";

  private static final String HEADER =
      """
      From: Ann <ann@example.com>
      To: bob@example.net
      Subject: a  subject
      \tthat is folded \s
      Date: Tue, 24 Nov 2026 12:00:00 +0000
      Message-ID: <1@example.com>
      X-Empty:
      """;

  private static final Map<String, String> BODIES =
      new TreeMap<>(
          Map.of(
              "plain", "Hello  Bob, \n\tlunch?\n",
              "eight-bit", "Gr\u00fc\u00dfe, \u4f60\u597d \ud83d\ude00\n",
              "long-lines", "x".repeat(900) + " " + "y".repeat(90) + "\nz\n",
              "trailing", "text\n \t\n\n\n\n",
              "empty", "",
              "only-blank", "\n\n\n",
              "dots", ".\n..\n.dot\n"));

  @TempDir private Path folder;

  private static String letter(String body) {
    return HEADER + "\n" + body;
  }

  private static List<Canonical.Pair> pairs() {
    List<Canonical.Pair> pairs = new ArrayList<>();
    for (Canonical header : Canonical.values()) {
      for (Canonical body : Canonical.values()) {
        pairs.add(new Canonical.Pair(header, body));
      }
    }
    return pairs;
  }

  private Path write(String name, String text) throws IOException {
    String crlf = text.replace("\r\n", "\n").replace("\n", "\r\n");
    return Files.write(folder.resolve(name), crlf.getBytes(StandardCharsets.UTF_8));
  }

  /** Ours, in all preparations, by file name. */
  private Map<String, String> ours(SigningKey... keys) {
    Map<String, String> signed = new TreeMap<>();
    for (Canonical.Pair pair : pairs()) {
      BODIES.forEach(
          (name, body) ->
              signed.put(
                  name + "-" + pair.text().replace('/', '-'),
                  Letters.signedAt(
                      NOW, letter(body), Letters.rules(pair.header(), pair.body()), keys)));
    }
    return signed;
  }

  private static String run(String... words) throws Exception {
    Path out = Files.createTempFile("peer", ".out");
    Path err = Files.createTempFile("peer", ".err");
    try {
      Process process =
          new ProcessBuilder(words)
              .redirectError(err.toFile())
              .redirectOutput(out.toFile())
              .redirectInput(Path.of("/dev/null").toFile())
              .start();
      boolean ended = process.waitFor(60, TimeUnit.SECONDS);
      process.destroyForcibly().waitFor();
      String text = Files.readString(out, StandardCharsets.ISO_8859_1);
      String errors = Files.readString(err, StandardCharsets.ISO_8859_1);
      assertThat(ended).as(errors).isTrue();
      assertThat(process.exitValue()).as(errors).isZero();
      return text;
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }

  private Path key(String name, KeyMaterial key) throws IOException {
    Path file = folder.resolve(name);
    new KeyFile(key, java.util.Optional.empty()).write(file);
    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    return file;
  }

  @Test
  void opendkimVerifiesOurs() throws Exception {
    Path opendkim = Peers.require("opendkim");
    Path keys = write("keys", "r._domainkey.example.com " + Letters.RSA.record() + "\n");
    Path config =
        Files.writeString(
            folder.resolve("v.conf"), "Mode v\nTestPublicKeys " + keys + "\nBackground no\n");
    Files.writeString(keys, Files.readString(keys).replace("\r", ""));
    List<Path> files = new ArrayList<>();
    for (Map.Entry<String, String> one : ours(Letters.RSA_KEY).entrySet()) {
      files.add(write(one.getKey(), one.getValue()));
    }
    String list = files.stream().map(Path::toString).collect(Collectors.joining(","));
    String said = run(opendkim.toString(), "-x", config.toString(), "-t", list, "-vvv");
    for (Path file : files) {
      assertThat(said.lines())
          .contains(
              "opendkim: " + file + ": verification (s=r, d=example.com, 2048-bit key) succeeded");
    }
  }

  @Test
  void weVerifyOpendkims() throws Exception {
    Path opendkim = Peers.require("opendkim");
    Path key = key("r.pem", Letters.RSA);
    for (Canonical.Pair pair : pairs()) {
      for (Map.Entry<String, String> one : BODIES.entrySet()) {
        Path file = write(one.getKey(), letter(one.getValue()));
        Path config =
            Files.writeString(
                folder.resolve("s.conf"),
                "Mode s\nDomain example.com\nSelector r\nSignatureAlgorithm rsa-sha256\n"
                    + "Background no\nRequireSafeKeys no\nKeyFile %s\nCanonicalization %s\n"
                        .formatted(key, pair.text()));
        String said =
            run(opendkim.toString(), "-x", config.toString(), "-t", file.toString(), "-vvv");
        assertThat(said).contains("hvalue='");
        int from = said.indexOf("hvalue='") + 8;
        String value = said.substring(from, said.indexOf('\'', from));
        String signed = "DKIM-Signature: " + value + "\n" + letter(one.getValue());
        assertThat(now(signed))
            .as("%s %s: %s", pair.text(), one.getKey(), value)
            .extracting(DkimResult::cause)
            .containsExactly(DkimCause.GOOD);
      }
    }
  }

  private static List<DkimResult> now(String signed) {
    return Letters.verified(
        Letters.verifier(DkimSettings.USUAL, NOW), AuthCases.Bytes.of(signed), Letters.dns());
  }

  private static final String VERIFY =
      """
      import dkim, sys
      zone = dict(line.split(' ', 1) for line in open(sys.argv[1]).read().splitlines())
      def dns(name, timeout=5):
          return zone.get(name.decode().rstrip('.')).encode()
      for name in sys.argv[2:]:
          d = dkim.DKIM(open(name, 'rb').read())
          for i in range(int(open(sys.argv[1] + '.count').read())):
              print(name, i, d.verify(idx=i, dnsfunc=dns))
      """;

  @Test
  void dkimpyVerifiesOurs() throws Exception {
    Peers.require("dkimverify");
    Path zone =
        Files.writeString(
            folder.resolve("zone"),
            "r._domainkey.example.com %s\ne._domainkey.example.com %s\n"
                .formatted(Letters.RSA.record(), Letters.ED25519.record()));
    Files.writeString(folder.resolve("zone.count"), "2");
    List<String> words = new ArrayList<>(List.of(PYTHON, "-c", VERIFY, zone.toString()));
    for (Map.Entry<String, String> one : ours(Letters.RSA_KEY, Letters.ED25519_KEY).entrySet()) {
      words.add(write(one.getKey(), one.getValue()).toString());
    }
    String said = run(words.toArray(String[]::new));
    assertThat(said.lines()).hasSize(2 * 4 * BODIES.size()).allMatch(line -> line.endsWith("True"));
  }

  private static final String SIGN =
      """
      import dkim, sys
      pem = open(sys.argv[1], 'rb').read()
      seed = open(sys.argv[2], 'rb').read()
      for name in sys.argv[3:]:
          m = open(name, 'rb').read()
          for h in (b'simple', b'relaxed'):
              for b in (b'simple', b'relaxed'):
                  r = dkim.sign(m, b'r', b'example.com', pem, canonicalize=(h, b))
                  e = dkim.sign(m, b'e', b'example.com', seed, canonicalize=(h, b),
                                signature_algorithm=b'ed25519-sha256')
                  out = name + '-' + h.decode() + '-' + b.decode()
                  open(out, 'wb').write(e + r + m)
                  print(out)
      """;

  @Test
  void weVerifyDkimpys() throws Exception {
    Peers.require("dkimsign");
    Path pem = key("r.pem", Letters.RSA);
    byte[] pkcs8 = Letters.ED25519.pkcs8();
    byte[] seed = java.util.Arrays.copyOfRange(pkcs8, pkcs8.length - 32, pkcs8.length);
    Path raw =
        Files.writeString(folder.resolve("e.seed"), Base64.getEncoder().encodeToString(seed));
    List<String> words =
        new ArrayList<>(List.of(PYTHON, "-c", SIGN, pem.toString(), raw.toString()));
    for (Map.Entry<String, String> one : BODIES.entrySet()) {
      words.add(write(one.getKey(), letter(one.getValue())).toString());
    }
    List<String> made = run(words.toArray(String[]::new)).lines().toList();
    assertThat(made).hasSize(4 * BODIES.size());
    for (String file : made) {
      String signed = Files.readString(Path.of(file));
      assertThat(now(signed))
          .as(file)
          .extracting(DkimResult::cause)
          .containsExactly(DkimCause.GOOD, DkimCause.GOOD);
    }
  }
}
