package org.spillway.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.spillway.testing.Peers;

/**
 * What kill -9 cannot show: the kernel's view of the promise. A message is written, its file is
 * forced, and only then does the 250 leave; a segment is forced before the next one is begun; a new
 * file's folder is forced, too.
 */
final class ForceBefore250IT {

  private static final int MESSAGES = 300;
  private static final int SMALL = 8_000;
  private static final int LARGE = 600_000;
  private static final int HEADER_BYTES = 4_096;

  private Ground ground;

  @BeforeEach
  void open() throws Exception {
    ground = new Ground(ForceBefore250IT.class);
  }

  @AfterEach
  void close() throws Exception {
    ground.close();
  }

  @Test
  void everyMessageIsForcedBeforeIts250AndEverySegmentBeforeTheNext() throws Exception {
    Path strace = Peers.require("strace");
    Path output = ground.folder().resolve("strace.out");
    SpillwayProcess spillway =
        ground
            .keep(
                new SpillwayProcess(
                    ground.folder("spillway"),
                    Quick.oneSite(Ports.free()) + "spool: {segment: 1MiB, body-file: 256KiB}\n"))
            .under(Strace.command(strace, output).toArray(String[]::new));
    spillway.start();
    Journal journal = new Journal();
    send(spillway, journal, MESSAGES, SMALL);
    send(spillway, journal, 3, LARGE);
    spillway.stop();
    assertThat(journal.acknowledged()).hasSize(MESSAGES + 3);

    List<Strace.Call> calls = Strace.read(output);
    String spool = spillway.data().resolve("spool").toString();
    everyAnswerFollowsAForce(calls, spool);
    everySegmentIsForcedBeforeTheNext(calls, spool + "/log/");
    theFolderOfANewFileIsForced(calls, spool);
  }

  private static void send(SpillwayProcess spillway, Journal journal, int count, int size)
      throws Exception {
    Sender sender = new Sender(spillway.port(), journal);
    sender.send(1, count, Letter.endless("s" + size, "carol@example.net", "bob@example.com", size));
  }

  private static void everyAnswerFollowsAForce(List<Strace.Call> calls, String spool) {
    int from = -1;
    int answers = 0;
    for (Strace.Call call : calls) {
      if (call.says("354 end data")) {
        from = call.end();
      } else if (call.says("250 2.0.0 accepted")) {
        Strace.Call written = lastMessageWrite(calls, spool, from, call.begin());
        assertThat(exists(calls, written.end(), call.begin(), c -> c.isForceOf(written.path())))
            .as("a force of %s between line %s and %s", written.path(), written.end(), call.begin())
            .isTrue();
        answers++;
      }
    }
    Figures.say("force.answers-after-their-force", answers, "messages");
    assertThat(answers).isEqualTo(MESSAGES + 3);
  }

  /** The last write of a small message, or the commit record of one with a file of its own. */
  private static Strace.Call lastMessageWrite(
      List<Strace.Call> calls, String spool, int after, int before) {
    List<Strace.Call> bodies = between(calls, after, before, c -> c.isWriteTo(spool + "/bodies/"));
    bodies.forEach(
        body ->
            assertThat(exists(calls, body.end(), before, c -> c.isForceOf(body.path())))
                .as("a force of %s", body.path())
                .isTrue());
    return between(calls, after, before, c -> c.isWriteTo(spool + "/log/")).stream()
        .filter(c -> c.offset() >= HEADER_BYTES && (!bodies.isEmpty() || c.result() > SMALL))
        .reduce((_, last) -> last)
        .orElseThrow(() -> new AssertionError("nothing written between 354 and 250, " + after));
  }

  private static void everySegmentIsForcedBeforeTheNext(List<Strace.Call> calls, String log) {
    TreeMap<Integer, String> begun = new TreeMap<>();
    for (Strace.Call call : calls) {
      if (call.isWriteTo(log)
          && call.offset() >= HEADER_BYTES
          && !begun.containsValue(call.path())) {
        begun.put(call.begin(), call.path());
      }
    }
    assertThat(begun.size()).as("segments written to").isGreaterThan(2);
    begun.forEach(
        (roll, next) -> {
          var before = begun.lowerEntry(roll);
          if (before != null) {
            between(calls, 0, roll, c -> c.isWriteTo(before.getValue())).stream()
                .reduce((_, last) -> last)
                .ifPresent(last -> forcedBefore(calls, last, roll, next));
          }
        });
    Figures.say("force.rolls-after-their-force", begun.size() - 1L, "segments");
  }

  private static void forcedBefore(
      List<Strace.Call> calls, Strace.Call last, int roll, String next) {
    assertThat(exists(calls, last.end(), roll, c -> c.isForceOf(last.path())))
        .as("%s is forced before the first record in %s", last.path(), next)
        .isTrue();
  }

  private static void theFolderOfANewFileIsForced(List<Strace.Call> calls, String spool) {
    for (String folder : List.of(spool + "/log", spool + "/bodies")) {
      List<Strace.Call> created = between(calls, 0, Integer.MAX_VALUE, c -> c.isCreationIn(folder));
      assertThat(created).as("files made in %s", folder).isNotEmpty();
      for (Strace.Call file : created) {
        firstRecord(calls, file)
            .map(record -> firstAnswerAfter(calls, record))
            .ifPresent(
                answer ->
                    assertThat(exists(calls, 0, answer, c -> isFolderForce(c, file, folder)))
                        .as("%s is forced after the making of %s", folder, file.path())
                        .isTrue());
      }
    }
  }

  private static int firstAnswerAfter(List<Strace.Call> calls, int record) {
    return between(calls, record, Integer.MAX_VALUE, c -> c.says("250 2.0.0 acc")).stream()
        .findFirst()
        .map(Strace.Call::begin)
        .orElse(Integer.MAX_VALUE);
  }

  private static boolean isFolderForce(Strace.Call call, Strace.Call file, String folder) {
    return call.path().equals(folder) && call.isForceOf(folder) && call.begin() > file.end()
        || !call.equals(file) && call.isCreationIn(file.path()) && call.begin() < file.begin();
  }

  /** Empty for a spare segment that nothing was written to. */
  private static Optional<Integer> firstRecord(List<Strace.Call> calls, Strace.Call file) {
    return calls.stream()
        .filter(c -> c.isWriteTo(file.path()) && c.begin() > file.end())
        .filter(c -> c.offset() >= HEADER_BYTES || file.path().endsWith(".body"))
        .findFirst()
        .map(Strace.Call::end);
  }

  private static List<Strace.Call> between(
      List<Strace.Call> calls, int after, int before, Predicate<Strace.Call> which) {
    return calls.stream().filter(c -> c.begin() > after && c.end() < before).filter(which).toList();
  }

  private static boolean exists(
      List<Strace.Call> calls, int after, int before, Predicate<Strace.Call> which) {
    return !between(calls, after, before, which).isEmpty();
  }
}
