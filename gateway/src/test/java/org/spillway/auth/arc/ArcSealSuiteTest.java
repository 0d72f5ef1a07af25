package org.spillway.auth.arc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.spillway.auth.AuthCases;
import org.spillway.auth.Field;
import org.spillway.auth.Fields;
import org.spillway.auth.TagList;
import org.spillway.auth.dkim.BodyHashes;
import org.spillway.auth.dkim.Canonical;
import org.spillway.auth.dkim.DkimSettings;
import org.spillway.auth.dkim.PublishedKeys;
import org.spillway.auth.dkim.SignatureEngine;
import org.spillway.auth.dkim.SigningKey;
import org.spillway.auth.dkim.keys.KeyFile;
import org.spillway.mail.Domain;

/** Every case of the public suite of sealing: the sets are the same to the last bit of b=. */
class ArcSealSuiteTest {
  private static final SignatureEngine ENGINE = SignatureEngine.fastest();

  static List<AuthCases.Case> cases() {
    return AuthCases.read("arc-valimail-sign.json");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void sealsAsTheSuiteExpects(AuthCases.Case one) throws IOException {
    Fields fields = Fields.of(one.message());
    BodyHashes bodies = new BodyHashes();
    bodies.need(Canonical.RELAXED);
    ArcVerification chain =
        new ArcVerifier(
                DkimSettings.USUAL, new PublishedKeys(ENGINE), InstantSource.fixed(AuthCases.NOW))
            .begin(fields, bodies);
    bodies.feed(one.message(), fields.headerBytes());
    List<String> set =
        new ArcSealer(ENGINE)
            .seal(
                new ArcSealer.Request(
                    fields,
                    bodies.of(Canonical.RELAXED),
                    chain.result(one.dns()),
                    report(fields, one.json().get("authserv_id").asString()),
                    Instant.ofEpochSecond(one.json().get("timestamp").asLong())),
                key(one),
                List.of(one.json().get("sig_headers").asString().split(":")));

    if (one.json().get("expect_set").get("AAR").asString().isEmpty()) {
      assertThat(set).isEmpty();
      return;
    }
    assertThat(tags(set.get(0))).isEqualTo(expected(one, "AS"));
    assertThat(tags(set.get(1))).isEqualTo(expected(one, "AMS"));
    assertThat(words(Field.of(set.get(2)).value())).isEqualTo(words(text(one, "AAR")));
  }

  private static String text(AuthCases.Case one, String field) {
    return one.json().get("expect_set").get(field).asString();
  }

  private static Map<String, String> expected(AuthCases.Case one, String field) {
    return tags("X: " + text(one, field).strip().replace("\n", "\r\n "));
  }

  private static Map<String, String> tags(String field) {
    TagList list = TagList.salvage(Field.of(field).latin1());
    Map<String, String> tags = new LinkedHashMap<>();
    list.tags().forEach(tag -> tags.put(tag.name(), list.compact(tag.name()).orElse("")));
    return tags;
  }

  private static List<String> words(String text) {
    return List.of(text.strip().split("\\s+"));
  }

  /** What this server found, out of however many of its fields. */
  private static String report(Fields fields, String server) {
    List<String> parts = new ArrayList<>(List.of(server));
    for (Field field : fields.named("Authentication-Results")) {
      List<String> found = List.of(field.value().split(";\\s*"));
      if (found.getFirst().equals(server)) {
        parts.addAll(found.subList(1, found.size()));
      }
    }
    return String.join("; ", parts);
  }

  private static SigningKey key(AuthCases.Case one) {
    KeyFile.Reading reading = KeyFile.parse(one.json().get("private_key").asString(), ENGINE);
    assertThat(reading).isInstanceOf(KeyFile.Reading.Good.class);
    KeyFile file = ((KeyFile.Reading.Good) reading).file();
    return new SigningKey(
        Domain.parse(one.json().get("domain").asString()).orElseThrow(),
        one.json().get("selector").asString(),
        file.key().algorithm(),
        file.key().key());
  }
}
