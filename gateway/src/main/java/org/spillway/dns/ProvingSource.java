package org.spillway.dns;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.spillway.dns.upstream.Deadline;
import org.spillway.dns.upstream.Heard;
import org.spillway.dns.upstream.Upstream;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.dnssec.ValidatingResolver;

/** Proves each answer from our own anchors (RFC 4035 §5). */
final class ProvingSource implements Source {
  private final KeyQuestions questions;
  private final ValidatingResolver validator;

  ProvingSource(KeyQuestions questions, TrustAnchors anchors, InstantSource clock) {
    this.questions = questions;
    validator = new ValidatingResolver(questions, clock.withZone(ZoneOffset.UTC));
    byte[] records = String.join("\n", anchors.records()).getBytes(StandardCharsets.UTF_8);
    try {
      validator.loadTrustAnchors(new ByteArrayInputStream(records));
    } catch (IOException odd) {
      throw new IllegalArgumentException("no trust anchors: " + odd.getMessage(), odd);
    }
  }

  @Override
  public Told ask(Record question, Deadline deadline) {
    KeyQuestions.Chase chase = new KeyQuestions.Chase(deadline);
    Message answer;
    try {
      answer =
          validator
              .sendAsync(Upstream.query(question, ExtendedFlags.DO), chase)
              .toCompletableFuture()
              .get(Math.max(1, deadline.left()), TimeUnit.NANOSECONDS);
    } catch (ExecutionException failed) {
      return chase.trouble().orElseGet(() -> odd(failed.getCause()));
    } catch (TimeoutException late) {
      return new Told.Unanswered("no proof in time", false);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return new Told.Unanswered("interrupted", false);
    } catch (CancellationException | IllegalArgumentException odd) {
      return odd(odd);
    }
    // A key that could not be asked for proves nothing, neither that the zone is signed nor that
    // it is not: the validator takes some of these for an insecure answer.
    return chase.trouble().orElseGet(() -> judged(question, answer));
  }

  private Told judged(Record question, Message answer) {
    int rcode = answer.getRcode();
    if (rcode == Rcode.NOERROR || rcode == Rcode.NXDOMAIN) {
      return new Told.Answered(answer, answer.getHeader().getFlag(Flags.AD));
    }
    questions.forget(question.getName());
    return new Told.Unanswered("DNSSEC: " + reason(answer), true); // RFC 4035 §5.5
  }

  private static Told odd(Throwable cause) {
    return new Told.Unanswered("DNSSEC: no proof: " + Heard.plain(String.valueOf(cause)), false);
  }

  private static String reason(Message answer) {
    for (Record record : answer.getSection(Section.ADDITIONAL)) {
      boolean told = record.getDClass() == ValidatingResolver.VALIDATION_REASON_QCLASS;
      if (told && record instanceof TXTRecord text) {
        return Heard.plain(String.join("", text.getStrings()));
      }
    }
    return "bogus";
  }
}
