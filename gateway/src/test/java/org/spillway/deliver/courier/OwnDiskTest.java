package org.spillway.deliver.courier;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.spillway.deliver.Effect;
import org.spillway.deliver.Outcome;
import org.spillway.mail.Content;
import org.spillway.route.Site;
import org.spillway.spool.Entry;
import org.spillway.testing.FakePeer;

/** What our own disk refuses is never the fault of a host. */
final class OwnDiskTest {
  private final FakePeer peer = FakePeer.smtp().start();
  private final Errands errands = new Errands();
  private final Site site = Errands.site(Site.Kind.SMTP, peer);
  private final Entry mail = Errands.entry(Errands.MESSAGE, "b@example.net");

  @AfterEach
  void stop() {
    errands.close();
    peer.close();
  }

  @Test
  void withoutTheNoteNoDotIsSent() {
    Outcome outcome =
        errands
            .send(
                site,
                mail,
                _ -> {
                  throw new IOException("disk full");
                })
            .get(0);
    assertThat(((Outcome.Deferred) outcome).effect()).isEqualTo(new Effect.None());
    assertThat(outcome.why()).contains("disk full");
    Awaitility.await().until(() -> peer.openConnections() == 0);
    assertThat(peer.received()).isEmpty();
  }

  @Test
  void contentThatCannotBeReadIsOurFailure() {
    Content broken =
        new Content() {
          @Override
          public long sizeBytes() {
            return 1000;
          }

          @Override
          public InputStream open() throws IOException {
            throw new IOException("bad sector");
          }
        };
    Entry unreadable = Errands.entry(broken, mail.facts(), mail.envelope());
    Outcome outcome = errands.send(site, unreadable).get(0);
    assertThat(outcome).isInstanceOf(Outcome.Deferred.class);
    assertThat(outcome.why()).contains("bad sector");
    assertThat(peer.received()).isEmpty();
    assertThat(errands.seen).isEmpty();
  }
}
