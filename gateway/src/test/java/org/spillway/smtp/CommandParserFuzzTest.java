package org.spillway.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import org.spillway.mail.Address;
import org.spillway.mail.Domain;

/**
 * Any line is a command or has a 5yz for an answer; what was read can be written and read again.
 */
class CommandParserFuzzTest {
  private static final CommandParser PARSER = new CommandParser(new Domain("example.com"));

  @FuzzTest
  void anyLine(FuzzedDataProvider data) {
    String start = data.pickValue(new String[] {"", "MAIL FROM:<", "RCPT TO:<a@b.c> ", "BDAT "});
    switch (PARSER.parse(start + data.consumeRemainingAsString())) {
      case Command.Malformed m -> assertThat(m.reply().isPermanent()).isTrue();
      case Command.Mail mail -> mail.from().address().ifPresent(CommandParserFuzzTest::roundTrip);
      case Command.Rcpt rcpt -> {
        roundTrip(rcpt.to());
        rcpt.parameters()
            .orcpt()
            .ifPresent(o -> assertThat(o.chars()).noneMatch(c -> c < ' ' || c == 0x7f));
      }
      case Command.Bdat bdat -> assertThat(bdat.sizeBytes()).isNotNegative();
      case Command.Hello hello -> assertThat(hello.name()).matches("[-A-Za-z0-9._:\\[\\]]+");
      case Command.Data _,
          Command.Rset _,
          Command.Vrfy _,
          Command.Expn _,
          Command.Help _,
          Command.Noop _,
          Command.Quit _,
          Command.StartTls _,
          Command.Auth _ -> {}
    }
  }

  private static void roundTrip(Address address) {
    assertThat(Address.parse(address.toString())).contains(address);
  }
}
