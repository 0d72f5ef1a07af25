package org.spillway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.spillway.config.ConfigText.good;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a reload applies at once, and what waits for a restart. */
final class SettingsDiffTest {
  private static SettingsDiff diff(ConfigText fresh) {
    return SettingsDiff.reloadable(good().settings(), fresh.settings());
  }

  @Test
  void nothingChanged() {
    assertThat(diff(good()).isEmpty()).isTrue();
    assertThat(diff(good()).settings()).isEqualTo(good().settings());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "networks | [192.0.2.11] | networks",
        "domains | {example.com: {aliases: {info: [a]}}} | domains",
        "routes | [{direction: inbound, domains: [example.com], sites: [own]}, {direction:"
            + " outbound, sites: [out]}] | routes",
        "sites | {own: {kind: smtp, hosts: [192.0.2.99], hosts-domains: [example.com]}, out: {kind:"
            + " mx}} | sites",
        "limits | {sessions: 5} | limits",
        "limits | {received-hops: 50} | limits",
        "retry | {lifetime: 4d} | retry",
        "logging | {level: debug} | logging.level",
        "node | {name: mx.example.com, postmaster: a@example.com} | node.postmaster",
      })
  void takesEffectAtOnce(String key, String text, String told) {
    SettingsDiff diff = diff(good().with(key, text));
    assertThat(diff.live()).containsExactly(told);
    assertThat(diff.isLive()).isTrue();
    assertThat(diff.settings()).isEqualTo(good().with(key, text).settings());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "node | {name: other.example.com} | node.name",
        "node | {name: mx.example.com, dns: [192.0.2.53]} | node.dns",
        "node | {name: mx.example.com, http: {port: 1}} | node.http",
        "listeners | {smtp: {port: 26}} | listeners",
        "spool | {cache: 1MiB} | spool",
        "database | {keep-traces: 1d} | database",
        "logging | {format: json} | logging.format",
      })
  void waitsForARestart(String key, String text, String told) {
    SettingsDiff diff = diff(good().with(key, text));
    assertThat(diff.live()).isEmpty();
    assertThat(diff.restart())
        .singleElement()
        .hasToString(
            told + " is fixed while the node runs; restart Spillway, or put back the old value");
    assertThat(diff.settings()).isEqualTo(good().settings());
  }

  @Test
  void theDataDirectoryMovesSpoolAndDatabaseWithIt() {
    SettingsDiff diff = diff(good().with("node", "{name: mx.example.com, data: /elsewhere}"));
    assertThat(diff.restart())
        .extracting(SettingsDiff.NeedsRestart::key)
        .containsExactly("node.data", "spool", "database");
  }

  @Test
  void theRestIsAppliedBesideWhatWaits() {
    SettingsDiff diff = diff(good().with("spool", "{cache: 1MiB}").with("limits", "{sessions: 5}"));
    assertThat(diff.isLive()).isFalse();
    assertThat(diff.settings()).isEqualTo(good().with("limits", "{sessions: 5}").settings());
  }
}
