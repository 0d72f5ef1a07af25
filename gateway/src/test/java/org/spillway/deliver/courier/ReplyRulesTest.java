package org.spillway.deliver.courier;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spillway.deliver.Effect;
import org.spillway.deliver.Outcome;
import org.spillway.mail.Reply;
import org.spillway.route.Site;
import org.spillway.smtp.client.ReplyReader;
import org.spillway.spool.Entry;
import org.spillway.testing.FakePeer;

/** Every row of the table, by the rules alone and again over a connection; the operator's file. */
final class ReplyRulesTest {
  @TempDir Path folder;

  private static Reply parsed(String wire) {
    byte[] bytes = (wire.replace("\n", "\r\n") + "\r\n").getBytes(StandardCharsets.UTF_8);
    ReplyReader.Result result = new ReplyReader().take(ByteBuffer.wrap(bytes));
    return ((ReplyReader.Result.Whole) result).reply();
  }

  @ParameterizedTest
  @EnumSource
  void isClassified(ReplyTable row) {
    ReplyRules.Context context = new ReplyRules.Context(row.kind(), row.isNullSender(), row.step());
    Ruling ruling = ReplyRules.builtIn().judge(context, parsed(row.reply()));
    assertThat(ruling.effect()).isEqualTo(row.effect());
    assertThat(ruling.failed()).isEqualTo(row.failed());
  }

  @ParameterizedTest
  @EnumSource
  void meansTheSameOverAConnection(ReplyTable row) {
    boolean auth = row.step() == Outcome.Step.AUTH;
    FakePeer peer = auth ? FakePeer.smtp().login("user", "secret") : FakePeer.smtp();
    peer.on(FakePeer.At.valueOf(row.step().name()), FakePeer.Act.reply(row.reply()));
    try (peer;
        Errands errands = new Errands()) {
      peer.start();
      Site plain = Errands.site(row.kind(), peer);
      Site site = auth ? Errands.withLogin(plain, "user", "secret") : plain;
      Optional<String> from = row.isNullSender() ? Optional.empty() : Optional.of("a@example.com");
      Entry mail = Errands.entry(Errands.MESSAGE, from, "b@example.net");
      switch (errands.send(site, mail).get(0)) {
        case Outcome.Failed(String _, Reply reply, Effect effect) -> {
          assertThat(row.failed()).isTrue();
          assertThat(effect).isEqualTo(row.effect());
          assertThat(reply.code()).isEqualTo(parsed(row.reply()).code());
        }
        case Outcome.Deferred(String _, Reply _, Effect effect) -> {
          assertThat(row.failed()).isFalse();
          assertThat(effect).isEqualTo(row.effect());
        }
        case Outcome.Delivered o -> throw new AssertionError(o);
        case Outcome.Relayed o -> throw new AssertionError(o);
        case Outcome.Unreachable o -> throw new AssertionError(o);
        case Outcome.Unknown o -> throw new AssertionError(o);
      }
      assertThat(peer.received()).isEmpty();
    }
  }

  @Test
  void aReplyWithoutStatusGetsTheRules() {
    ReplyRules.Context context = new ReplyRules.Context(Site.Kind.RELAY, false, Outcome.Step.RCPT);
    Reply reply = Reply.plain(553, "<b> Invalid email address");
    Outcome outcome = ReplyRules.builtIn().judge(context, reply).outcome("hop", reply);
    assertThat(((Outcome.Failed) outcome).reply().status()).hasToString("Optional[5.1.3]");
  }

  private ReplyRules.Loaded load(String... lines) throws IOException {
    return ReplyRules.load(
        Optional.of(Files.writeString(folder.resolve("own.txt"), String.join("\n", lines))));
  }

  @Test
  void theOperatorsOwnLinesComeFirst() throws IOException {
    ReplyRules.Loaded loaded =
        load("# ours", "", "any rcpt 550 defer throttled=2m user unknown.*try later");
    ReplyRules rules = ((ReplyRules.Loaded.Good) loaded).rules();
    ReplyRules.Context context = new ReplyRules.Context(Site.Kind.SMTP, false, Outcome.Step.RCPT);
    Ruling ruling = rules.judge(context, Reply.plain(550, "User unknown, try later"));
    assertThat(ruling.failed()).isFalse();
    assertThat(ruling.effect()).isEqualTo(new Effect.Throttled(java.time.Duration.ofMinutes(2)));
    assertThat(rules.judge(context, Reply.plain(550, "User unknown")).failed()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "any rcpt 550 defer none",
        "some rcpt 550 defer none x",
        "any nowhere 550 defer none x",
        "any rcpt 55x defer none x",
        "any rcpt 550 maybe none x",
        "any rcpt 550 fail:2.0.0 none x",
        "any rcpt 550 defer nothing x",
        "any rcpt 550 defer throttled x",
        "any rcpt 550 defer none=5m x",
        "any rcpt 550 defer throttled=5d x",
        "any rcpt 550 defer none (a+)+",
        "any rcpt 550 defer none a*b*c*",
        "any rcpt 550 defer none (?=x)",
        "any rcpt 550 defer none (a)\\1",
        "any rcpt 550 defer none a{1,9}",
        "any rcpt 550 defer none [",
      })
  void aBadLineIsNamed(String line) throws IOException {
    ReplyRules.Loaded loaded = load("# first", line);
    assertThat(((ReplyRules.Loaded.Bad) loaded).problems())
        .singleElement()
        .asString()
        .startsWith(folder.resolve("own.txt") + ":2: ");
  }

  @Test
  void aMissingFileIsNamed() {
    ReplyRules.Loaded loaded = ReplyRules.load(Optional.of(folder.resolve("gone")));
    assertThat(((ReplyRules.Loaded.Bad) loaded).problems()).hasSize(1);
  }
}
