package org.spillway.deliver.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spillway.deliver.tls.StsPolicies.Fetched;
import org.spillway.mail.Domain;
import org.spillway.testing.FakeDns;

/** The life of a policy: fetched, kept, changed, refreshed, expired, over restarts. */
final class StsPoliciesTest {
  private static final Domain DOMAIN = Domain.parse("example.net").orElseThrow();
  private static final String NAME = "_mta-sts.example.net";

  @TempDir Path folder;
  private final FakeDns dns = new FakeDns();
  private final List<Domain> fetches = new ArrayList<>();
  private Instant now = Instant.parse("2026-11-24T06:00:00Z");
  private Function<Domain, Fetched> web = _ -> body("enforce", 604_800);
  private StsPolicies policies;

  @BeforeEach
  void start() throws IOException {
    policies =
        new StsPolicies(
            dns,
            domain -> {
              fetches.add(domain);
              return web.apply(domain);
            },
            new StsCache(folder),
            () -> now,
            Runnable::run);
  }

  private static Fetched body(String mode, long maxAge) {
    return new Fetched.Body(
        "version: STSv1\nmode: " + mode + "\nmx: mx.example.net\nmax_age: " + maxAge + "\n");
  }

  private static Fetched failed() {
    return new Fetched.Failed(
        new TlsFault.StsFetch(TlsFault.ResultType.STS_POLICY_FETCH_ERROR, "gone"));
  }

  private void announce(String id) {
    dns.clear(NAME).txt(NAME, "v=STSv1; id=" + id);
  }

  private StsPolicy.Mode mode() {
    return ((StsState.Active) policies.of(DOMAIN)).policy().mode();
  }

  private void pass(Duration duration) {
    now = now.plus(duration);
  }

  @Test
  void withoutARecordNothingIsFetched() {
    assertThat(policies.of(DOMAIN)).isEqualTo(new StsState.None());
    dns.txt(NAME, "v=spf1 -all");
    assertThat(policies.of(DOMAIN)).isEqualTo(new StsState.None());
    dns.clear(NAME).txt(NAME, "v=STSv1; id=a").txt(NAME, "v=STSv1; id=b");
    assertThat(policies.of(DOMAIN)).as("two records").isEqualTo(new StsState.None());
    assertThat(policies.of(Domain.parse("[192.0.2.1]").orElseThrow()))
        .isEqualTo(new StsState.None());
    assertThat(fetches).isEmpty();
  }

  @Test
  void fetchedOnceWhileTheIdStays() {
    announce("a");
    assertThat(mode()).isEqualTo(StsPolicy.Mode.ENFORCE);
    assertThat(mode()).isEqualTo(StsPolicy.Mode.ENFORCE);
    assertThat(fetches).hasSize(1);
  }

  @Test
  void anotherIdFetchesAnew() {
    announce("a");
    mode();
    web = _ -> body("testing", 604_800);
    announce("b");
    assertThat(mode()).isEqualTo(StsPolicy.Mode.TESTING);
    assertThat(fetches).hasSize(2);
  }

  @Test
  void aFailedFetchKeepsThePolicyAndPauses() {
    announce("a");
    mode();
    web = _ -> failed();
    announce("b");
    assertThat(mode()).isEqualTo(StsPolicy.Mode.ENFORCE);
    assertThat(mode()).isEqualTo(StsPolicy.Mode.ENFORCE);
    assertThat(fetches).hasSize(2);
    pass(Duration.ofMinutes(6));
    mode();
    assertThat(fetches).hasSize(3);
  }

  @Test
  void aFailedFirstFetchIsBroken() {
    announce("a");
    web = _ -> failed();
    StsState.Broken broken = (StsState.Broken) policies.of(DOMAIN);
    assertThat(broken.fault().type()).isEqualTo(TlsFault.ResultType.STS_POLICY_FETCH_ERROR);
    assertThat(policies.of(DOMAIN)).isEqualTo(broken);
    assertThat(fetches).as("no storm while it fails").hasSize(1);
    web = _ -> new Fetched.Body("<html>");
    pass(Duration.ofMinutes(6));
    assertThat(((StsState.Broken) policies.of(DOMAIN)).fault().type())
        .isEqualTo(TlsFault.ResultType.STS_POLICY_INVALID);
  }

  @Test
  void theKeptPolicyHoldsWithoutDns() {
    announce("a");
    mode();
    dns.clear(NAME);
    assertThat(mode()).isEqualTo(StsPolicy.Mode.ENFORCE);
    dns.fail(NAME, "SERVFAIL");
    assertThat(mode()).isEqualTo(StsPolicy.Mode.ENFORCE);
    pass(Duration.ofDays(8));
    assertThat(policies.of(DOMAIN)).isEqualTo(new StsState.None());
  }

  @Test
  void itOutlivesARestart() throws IOException {
    announce("a");
    mode();
    dns.clear(NAME);
    start();
    assertThat(mode()).isEqualTo(StsPolicy.Mode.ENFORCE);
    assertThat(fetches).hasSize(1);
  }

  @Test
  void refreshedAheadOfItsEnd() {
    announce("a");
    mode();
    pass(Duration.ofHours(25));
    web = _ -> body("testing", 604_800);
    assertThat(mode()).as("the refresh goes on behind").isEqualTo(StsPolicy.Mode.ENFORCE);
    assertThat(mode()).isEqualTo(StsPolicy.Mode.TESTING);
    assertThat(fetches).hasSize(2);
  }

  @Test
  void aFailedRefreshKeepsIt() {
    announce("a");
    mode();
    pass(Duration.ofHours(25));
    web = _ -> failed();
    assertThat(mode()).isEqualTo(StsPolicy.Mode.ENFORCE);
    assertThat(mode()).isEqualTo(StsPolicy.Mode.ENFORCE);
    assertThat(fetches).hasSize(2);
    pass(Duration.ofDays(7));
    assertThat(policies.of(DOMAIN)).isInstanceOf(StsState.Broken.class);
  }

  @Test
  void theHourlyRoundRefreshesWhatNobodyUses() {
    announce("a");
    web = _ -> body("enforce", 7_200);
    mode();
    policies.refresh();
    assertThat(fetches).hasSize(1);
    pass(Duration.ofMinutes(61));
    policies.refresh();
    assertThat(fetches).as("half of its two hours is over").hasSize(2);
    pass(Duration.ofMinutes(90));
    dns.clear(NAME);
    assertThat(mode()).isEqualTo(StsPolicy.Mode.ENFORCE);
  }

  @Test
  void theRoundForgetsWhatExpired() throws IOException {
    announce("a");
    mode();
    Files.writeString(folder.resolve("damaged.sts"), "what is this");
    pass(Duration.ofDays(8));
    policies.refresh();
    assertThat(folder).isEmptyDirectory();
    assertThat(fetches).hasSize(1);
  }

  @Test
  void aDamagedFileIsAsIfThereWereNone() throws IOException {
    announce("a");
    mode();
    Files.writeString(folder.resolve("example.net.sts"), "spillway-mta-sts-1 example.net a x\n");
    dns.clear(NAME);
    start();
    assertThat(policies.of(DOMAIN)).isEqualTo(new StsState.None());
  }

  @Test
  void anAgeOfZeroHoldsForOneDelivery() {
    announce("a");
    web = _ -> body("enforce", 0);
    assertThat(mode()).isEqualTo(StsPolicy.Mode.ENFORCE);
    dns.clear(NAME);
    assertThat(policies.of(DOMAIN)).isEqualTo(new StsState.None());
  }
}
