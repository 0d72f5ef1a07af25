package org.spillway.smtp.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.spillway.mail.Address;
import org.spillway.mail.Notify;
import org.spillway.mail.Recipient;
import org.spillway.mail.Reply;
import org.spillway.mail.Ret;
import org.spillway.mail.ReversePath;
import org.spillway.smtp.Capability;

final class ClientDialogTest {
  private static final Capabilities PIPELINING =
      new Capabilities(Map.of(Capability.PIPELINING, ""));

  private static Address address(String text) {
    return Address.parse(text).orElseThrow();
  }

  private static Transaction to(int recipients) {
    return new Transaction(
        ReversePath.of(address("a@example.com")),
        IntStream.range(0, recipients)
            .mapToObj(i -> Recipient.of(address("r" + i + "@example.net")))
            .toList(),
        OptionalLong.empty(),
        false,
        false,
        Optional.empty(),
        Optional.empty());
  }

  /** Plays the dialog; each reply is a code. What was said comes back line by line. */
  private static List<String> play(ClientDialog dialog, int... codes) {
    Deque<Integer> replies = new ArrayDeque<>();
    IntStream.of(codes).forEach(replies::add);
    List<String> said = new ArrayList<>();
    while (true) {
      switch (dialog.next()) {
        case Want.Say(String text) -> said.add(text.strip().replace("\r\n", "|"));
        case Want.Hear _ -> dialog.take(Reply.plain(replies.remove(), "x"));
        case Want.Content _ -> said.add("(content)");
        case Want.Secure _ -> throw new AssertionError();
        case Want.Ended _ -> {
          assertThat(replies).isEmpty();
          return said;
        }
      }
    }
  }

  private static List<String> codes(ClientDialog dialog) {
    return dialog.answers().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(e -> e.getKey() + " " + e.getValue().phase() + " " + e.getValue().reply().code())
        .toList();
  }

  @Test
  void saysAllInOnePieceToAPeerWithPipelining() {
    ClientDialog dialog = new ClientDialog(to(2), PIPELINING, false, false);
    assertThat(play(dialog, 250, 250, 250, 354, 250))
        .containsExactly(
            "MAIL FROM:<a@example.com>|RCPT TO:<r0@example.net>|RCPT TO:<r1@example.net>|DATA",
            "(content)");
    assertThat(codes(dialog)).containsExactly("0 FINAL_DOT 250", "1 FINAL_DOT 250");
    assertThat(dialog.isUnfinished()).isFalse();
  }

  @Test
  void goesStepByStepOtherwise() {
    ClientDialog dialog = new ClientDialog(to(1), Capabilities.NONE, false, false);
    assertThat(play(dialog, 250, 250, 354, 250))
        .containsExactly(
            "MAIL FROM:<a@example.com>", "RCPT TO:<r0@example.net>", "DATA", "(content)");
  }

  @Test
  void refusedRecipientsLeaveTheOthersAlone() {
    ClientDialog dialog = new ClientDialog(to(3), PIPELINING, false, false);
    play(dialog, 250, 550, 250, 450, 354, 250);
    assertThat(codes(dialog)).containsExactly("0 RCPT 550", "1 FINAL_DOT 250", "2 RCPT 450");
  }

  @Test
  void sendsALoneDotWhenDataIsTakenWithoutARecipient() {
    ClientDialog dialog = new ClientDialog(to(1), PIPELINING, false, false);
    assertThat(play(dialog, 250, 550, 354, 554)).endsWith(".");
    assertThat(codes(dialog)).containsExactly("0 RCPT 550");
    assertThat(dialog.isUnfinished()).isFalse();
    assertThat(dialog.isClosing()).isFalse();
  }

  @Test
  void leavesAnLmtpPeerThatTakesDataWithoutARecipient() {
    ClientDialog dialog = new ClientDialog(to(1), PIPELINING, true, false);
    play(dialog, 250, 550, 354);
    assertThat(dialog.isClosing()).isTrue();
  }

  @Test
  void spareDataStepByStepWhenNoRecipientIsLeft() {
    ClientDialog dialog = new ClientDialog(to(1), Capabilities.NONE, false, false);
    assertThat(play(dialog, 250, 550)).doesNotContain("DATA");
    assertThat(dialog.isUnfinished()).isTrue();
  }

  @Test
  void aRefusedSenderIsAnAnswerForEveryRecipient() {
    ClientDialog dialog = new ClientDialog(to(2), PIPELINING, false, false);
    play(dialog, 452, 503, 503, 503);
    assertThat(codes(dialog)).containsExactly("0 MAIL 452", "1 MAIL 452");
    assertThat(dialog.isUnfinished()).isFalse();
  }

  @Test
  void aRefusedDataIsAnAnswerForTheAccepted() {
    ClientDialog dialog = new ClientDialog(to(2), PIPELINING, false, false);
    play(dialog, 250, 250, 550, 451);
    assertThat(codes(dialog)).containsExactly("0 DATA 451", "1 RCPT 550");
    assertThat(dialog.isUnfinished()).isTrue();
  }

  @Test
  void resetsWhatWasLeftUnfinishedInTheSamePiece() {
    ClientDialog dialog = new ClientDialog(to(1), PIPELINING, false, true);
    assertThat(play(dialog, 250, 250, 250, 354, 250).getFirst()).startsWith("RSET|MAIL");
  }

  @Test
  void lmtpAnswersForEachAcceptedRecipient() {
    ClientDialog dialog = new ClientDialog(to(3), PIPELINING, true, false);
    play(dialog, 250, 250, 550, 250, 354, 250, 452);
    assertThat(codes(dialog)).containsExactly("0 FINAL_DOT 250", "1 RCPT 550", "2 FINAL_DOT 452");
  }

  @Test
  void a421EndsItWithoutWaitingForMore() {
    ClientDialog dialog = new ClientDialog(to(2), PIPELINING, false, false);
    play(dialog, 250, 421);
    assertThat(codes(dialog)).containsExactly("0 RCPT 421", "1 RCPT 421");
    assertThat(dialog.isClosing()).isTrue();
  }

  @Test
  void manyRecipientsGoInGroups() {
    ClientDialog dialog = new ClientDialog(to(150), PIPELINING, false, false);
    int[] codes = IntStream.range(0, 153).map(i -> i == 151 ? 354 : 250).toArray();
    assertThat(play(dialog, codes)).hasSize(4);
    assertThat(dialog.answers()).hasSize(150);
  }

  @Test
  void tellsWhichRecipientsAreOpenWhenItBreaks() {
    ClientDialog dialog = new ClientDialog(to(2), PIPELINING, false, false);
    dialog.next();
    dialog.take(Reply.plain(250));
    dialog.take(Reply.plain(550));
    assertThat(dialog.unanswered()).containsExactly(1);
  }

  @Test
  void passesParametersOnWhereThePeerKnowsThem() {
    Recipient recipient =
        new Recipient(
            address("r@example.net"),
            address("r@example.net"),
            Set.of(Notify.DELAY, Notify.SUCCESS),
            Optional.of("rfc822;o+d d@example.net"));
    Transaction transaction =
        new Transaction(
            ReversePath.of(address("ä@example.com")),
            List.of(recipient),
            OptionalLong.of(10_000),
            true,
            true,
            Optional.of(Ret.HDRS),
            Optional.of("a=b"));
    Capabilities all =
        Capabilities.of(
            Reply.plain(250, "x", "SIZE 99", "8BITMIME", "SMTPUTF8", "DSN", "pipelining"));
    assertThat(play(new ClientDialog(transaction, all, false, false), 550, 503, 503).getFirst())
        .isEqualTo(
            "MAIL FROM:<ä@example.com> SIZE=10000 BODY=8BITMIME SMTPUTF8 RET=HDRS ENVID=a+3Db"
                + "|RCPT TO:<r@example.net> NOTIFY=SUCCESS,DELAY ORCPT=rfc822;o+2Bd+20d@example.net"
                + "|DATA");
    assertThat(
            play(new ClientDialog(transaction, PIPELINING, false, false), 550, 503, 503).getFirst())
        .isEqualTo("MAIL FROM:<ä@example.com>|RCPT TO:<r@example.net>|DATA");
  }
}
