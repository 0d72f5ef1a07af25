package org.spillway.spool.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spillway.spool.Disposition;
import org.spillway.spool.Draft.Accepted;
import org.spillway.spool.Outgoing;
import org.spillway.spool.Samples;

/** What is written is what is read, and what is cut short is refused. */
final class CodecTest {
  @Test
  void everyFieldComesBack() throws Malformed {
    for (Accepted accepted : List.of(Samples.plain(1), Samples.plain(200), Samples.rich())) {
      byte[] bytes = AcceptedCodec.encode(accepted);
      assertThat(AcceptedCodec.decode(ByteBuffer.wrap(bytes))).isEqualTo(accepted);
    }
    assertThat(AcceptedCodec.encode(Samples.plain(1))).hasSizeLessThan(350);
  }

  @Test
  void bothTlsWordsAreKept() throws Malformed {
    Accepted plain = Samples.plain(1);
    for (int bits = 0; bits < 4; bits++) {
      Accepted accepted =
          new Accepted(
              plain.arrival(),
              plain.direction(),
              plain.envelope().requiringTls((bits & 1) != 0),
              plain.facts().withTlsOptional((bits & 2) != 0),
              plain.decision(),
              plain.standings());
      byte[] bytes = AcceptedCodec.encode(accepted);
      assertThat(AcceptedCodec.decode(ByteBuffer.wrap(bytes))).isEqualTo(accepted);
    }
  }

  /** Version 2 added one number at the end, version 3 an empty text and a flag after it. */
  @ParameterizedTest
  @CsvSource({"2, 2", "1, 3"})
  void recordsOfOlderVersionsAreStillRead(byte version, int shorter) throws Malformed {
    byte[] now = AcceptedCodec.encode(Samples.plain(2));
    byte[] before = Arrays.copyOf(now, now.length - shorter);
    before[0] = version;
    assertThat(AcceptedCodec.decode(ByteBuffer.wrap(before))).isEqualTo(Samples.plain(2));
  }

  @Test
  void whatIsDoneWhenItLeavesComesBack() throws Malformed {
    Accepted plain = Samples.plain(2);
    Accepted accepted =
        new Accepted(
            plain.arrival(),
            plain.direction(),
            plain.envelope(),
            plain.facts(),
            plain.decision(),
            plain.standings(),
            new Outgoing("Authentication-Results: a; none\r\n", Optional.of("hash=")));
    byte[] bytes = AcceptedCodec.encode(accepted);
    assertThat(AcceptedCodec.decode(ByteBuffer.wrap(bytes))).isEqualTo(accepted);
  }

  @Test
  void everyStateComesBack() throws Malformed {
    Attempt attempt = new Attempt(List.of(3, 1, 4), Samples.CLOUD, "relay.example.net");
    State state = new State(Samples.dispositions(), List.of(attempt));
    assertThat(State.decode(ByteBuffer.wrap(state.encode()))).isEqualTo(state);
    assertThat(Attempt.decode(ByteBuffer.wrap(attempt.encode()))).isEqualTo(attempt);
  }

  @Test
  void whatIsCutShortIsMalformed() {
    byte[] accepted = AcceptedCodec.encode(Samples.rich());
    byte[] state = new State(Samples.dispositions(), List.of()).encode();
    for (int length = 0; length < accepted.length; length++) {
      ByteBuffer part = ByteBuffer.wrap(Arrays.copyOf(accepted, length));
      assertThatThrownBy(() -> AcceptedCodec.decode(part)).isInstanceOf(Malformed.class);
    }
    for (int length = 0; length < state.length; length++) {
      ByteBuffer part = ByteBuffer.wrap(Arrays.copyOf(state, length));
      assertThatThrownBy(() -> State.decode(part)).isInstanceOf(Malformed.class);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, -1, 63, 64, -64, -65, 1L << 40, Long.MAX_VALUE, Long.MIN_VALUE})
  void numbers(long number) throws Malformed {
    byte[] bytes = new Encoder(1).number(number).toBytes();
    Decoder from = new Decoder(ByteBuffer.wrap(bytes));
    assertThat(from.number()).isEqualTo(number);
    from.end();
  }

  @Test
  void lostOutcomesTouchOnlyWhoWaits() {
    Instant later = Samples.NOW.plusSeconds(60);
    State state =
        new State(
            List.of(Samples.delivered(), Samples.deferred(), Samples.deferred()),
            List.of(new Attempt(List.of(0, 1, 99), Samples.CLOUD, "relay")));
    State after = state.withOutcomesLost(later);
    assertThat(after.open()).isEmpty();
    assertThat(after.standings().get(0)).isEqualTo(Samples.delivered());
    assertThat(after.standings().get(2)).isEqualTo(Samples.deferred());
    assertThat(after.standings().get(1))
        .isInstanceOfSatisfying(
            Disposition.Waiting.class,
            waiting -> {
              assertThat(waiting.unknownAt()).contains(Samples.CLOUD);
              assertThat(waiting.at()).isEqualTo(later);
              assertThat(waiting.attempts()).isEqualTo(2);
            });
  }
}
