package org.spillway.report;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.spillway.mail.Address;
import org.spillway.mail.Body;
import org.spillway.mail.EntryId;
import org.spillway.mail.Envelope;
import org.spillway.mail.Recipient;
import org.spillway.mail.ReversePath;
import org.spillway.mail.Status;
import org.spillway.store.Mails;

/** Whatever peers and senders write, a notification stays clean mail of four parts. */
final class DsnFuzzTest {
  private static final Instant NOW = Instant.parse("2026-11-24T05:41:29Z");

  @FuzzTest
  void staysClean(FuzzedDataProvider data) {
    Address sender = Address.parse(data.consumeString(80)).orElse(Mails.address("a@b.example"));
    Address given = Address.parse(data.consumeString(80)).orElse(Mails.address("c@d.example"));
    Recipient recipient =
        new Recipient(
            Mails.address("inner@e.example"),
            given,
            Set.of(),
            Optional.of(data.consumeString(600)));
    Envelope envelope =
        new Envelope(
            ReversePath.of(sender),
            List.of(recipient),
            Body.EIGHTBITMIME,
            data.consumeBoolean(),
            Optional.empty(),
            Optional.of(data.consumeString(600)),
            OptionalLong.empty());
    Fate.Kind kind = data.pickValue(Fate.Kind.values());
    String said = data.consumeString(3000);
    Fate fate =
        new Fate(0, kind, new Status(5, 0, 0), said, SmtpWords.hop(said), NOW, Optional.of(NOW));
    String content = data.consumeRemainingAsString() + "\r\n\r\nbody";
    DsnWriter writer =
        new DsnWriter("gw.example.com", Optional.empty(), new Random(1), InstantSource.fixed(NOW));
    EntryId id = EntryId.next(NOW, new Random(2));
    CleanMail.check(writer.write(Mails.entry(id, content, envelope), List.of(fate)).orElseThrow());
  }
}
