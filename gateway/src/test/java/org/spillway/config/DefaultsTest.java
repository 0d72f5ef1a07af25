package org.spillway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.spillway.config.ConfigText.good;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.spillway.deliver.RetrySettings;
import org.spillway.guard.GuardSettings;
import org.spillway.mail.Direction;
import org.spillway.policy.TlsFloor;
import org.spillway.route.HealthSettings;
import org.spillway.route.Site;
import org.spillway.route.SiteLimits;
import org.spillway.route.SiteName;
import org.spillway.smtp.server.SessionLimits;
import org.spillway.spool.SpoolSettings;
import org.spillway.store.DatabaseSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What is not said is as the records, the schema and the reference say, and these agree. */
final class DefaultsTest {
  private static final Path DATA = Path.of("/var/lib/spillway");

  private static Site own(Settings settings) {
    return settings.sites().get(new SiteName("own"));
  }

  @Test
  void nothingSaidMeansTheDefaultsOfTheRecords() {
    Settings settings = good().settings();
    assertThat(settings.limits()).isEqualTo(SessionLimits.DEFAULT);
    assertThat(settings.retry()).isEqualTo(RetrySettings.DEFAULT);
    assertThat(settings.admission().guard()).isEqualTo(GuardSettings.DEFAULT);
    assertThat(settings.admission().monitored()).isEmpty();
    assertThat(settings.spool()).isEqualTo(SpoolSettings.in(DATA.resolve("spool")));
    assertThat(settings.database())
        .isEqualTo(new DatabaseSettings(DATA.resolve("db"), StorageReader.KEEP_TRACES));
    assertThat(own(settings).health()).isEqualTo(HealthSettings.DEFAULT);
    assertThat(own(settings).limits()).isEqualTo(SiteLimits.DEFAULT);
    assertThat(own(settings).timeouts()).isEqualTo(Site.ClientTimeouts.DEFAULT);
    assertThat(settings.admission().maxSizeBytes()).isEqualTo(SessionLimits.DEFAULT.sizeBytes());
    assertThat(settings.node().dataDirectory()).isEqualTo(DATA);
    assertThat(settings.replies()).isEmpty();
    assertThat(settings.accounts()).isEmpty();
  }

  @Test
  void emptySectionsMeanTheSame() {
    ConfigText empty = good();
    for (String key : new String[] {"limits", "guard", "retry", "spool", "database", "logging"}) {
      empty = empty.with(key, "");
    }
    ConfigText site = empty.withOwn("limits: {}, timeouts: {}, health: {}");
    assertThat(site.settings()).isEqualTo(good().settings());
  }

  @Test
  void defaultsDependOnTheKindOfSite() {
    Settings settings = good().withSite("relay", "{kind: relay, hosts: [r.example]}").settings();
    Site relay = settings.sites().get(new SiteName("relay"));
    assertThat(relay.tls())
        .isEqualTo(new Site.Tls(TlsFloor.VERIFY, false, Optional.empty(), Optional.empty()));
    assertThat(relay.directions()).isEqualTo(Set.of(Direction.OUTBOUND));
    assertThat(own(settings).tls().floor()).isEqualTo(TlsFloor.OPPORTUNISTIC);
    assertThat(own(settings).directions()).isEqualTo(Set.of(Direction.INBOUND, Direction.INTERNAL));
  }

  /**
   * The defaults that the schema tells an editor, and the reference a reader, are the real ones.
   */
  @Test
  void sayingEveryDefaultOfTheSchemaChangesNothing() throws IOException {
    JsonNode schema;
    try (InputStream in = Config.class.getResourceAsStream("spillway.schema.json")) {
      schema = JsonMapper.shared().readTree(in);
    }
    ObjectNode file = defaults(schema, schema);
    ObjectNode node = (ObjectNode) file.path("node");
    node.put("name", "mx.example.com");
    ObjectNode own = defaults(schema, schema.at("/$defs/site"));
    own.put("kind", "smtp").putArray("hosts").add("192.0.2.10");
    own.putArray("hosts-domains").add("example.com");
    ObjectNode listener = defaults(schema, schema.at("/$defs/listener"));
    ConfigText text =
        good()
            .with("node", node.toString())
            .with("listeners", "{smtp: " + listener.put("port", 25) + "}")
            .with(
                "domains",
                "{example.com: " + defaults(schema, schema.at("/$defs/domain-settings")) + "}")
            .with("sites", "{own: " + own + ", out: {kind: mx}}");
    for (String key : new String[] {"limits", "guard", "retry", "spool", "database", "logging"}) {
      text = text.with(key, file.path(key).toString());
    }
    assertThat(text.toString()).contains("\"sessions\":2000", "\"spill-after\":\"120s\"");
    assertThat(text.problems()).isEmpty();
    assertThat(text.settings()).isEqualTo(good().settings());
  }

  private static ObjectNode defaults(JsonNode schema, JsonNode section) {
    ObjectNode all = JsonMapper.shared().createObjectNode();
    section
        .path("properties")
        .forEachEntry(
            (key, property) -> {
              String ref = property.path("$ref").asString("");
              JsonNode form = ref.isEmpty() ? property : schema.at(ref.substring(1));
              if (property.has("default")) {
                all.set(key, property.path("default"));
              } else if (form.has("properties") && !form.has("x-secret")) {
                all.set(key, defaults(schema, form));
              }
            });
    return all;
  }

  @Test
  void keysAreReadIntoTheirFields() {
    Settings settings =
        good()
            .with(
                "limits",
                "{sessions: 7, line: 4KiB, nul: normalise, min-rate: 0B, received-hops: 50}")
            .with("logging", "{format: json, level: debug}")
            .with("spool", "{directory: s, capacity: 10GiB}")
            .settings();
    assertThat(settings.limits().sessions()).isEqualTo(7);
    assertThat(settings.limits().lineBytes()).isEqualTo(4096);
    assertThat(settings.limits().nul()).isEqualTo(SessionLimits.Malformed.NORMALISE);
    assertThat(settings.limits().minBytesPerSecond()).isZero();
    assertThat(settings.admission().maxReceivedHops()).isEqualTo(50);
    assertThat(settings.logging())
        .isEqualTo(new Settings.Logging(Settings.Logging.Format.JSON, "debug"));
    Path spool = Path.of("conf/s").toAbsolutePath();
    assertThat(settings.spool().directory()).isEqualTo(spool);
    assertThat(settings.spool().keyFile()).isEqualTo(spool.resolve("key"));
    assertThat(settings.spool().capacityBytes()).hasValue(10L << 30);
  }
}
