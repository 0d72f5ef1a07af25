package org.spillway.guard.dnslist;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.spillway.dns.Answer;

/** Any addresses from any list with any mask: only an answer of 127/8 that fits lists a client. */
class ListAnswerFuzzTest {
  @FuzzTest
  void anyAnswer(FuzzedDataProvider data) throws UnknownHostException {
    Optional<CodeMask> mask = CodeMask.parse(data.consumeString(20));
    DnsList list = new DnsList("list.test", 3, mask.map(List::of).orElse(List.of()));
    List<InetAddress> records = new ArrayList<>();
    while (data.remainingBytes() > 0 && records.size() < 20) {
      byte[] address = data.consumeBytes(data.consumeBoolean() ? 4 : 16);
      if (address.length == 4 || address.length == 16) {
        records.add(InetAddress.getByAddress(address));
      }
    }
    switch (ListAnswer.of(list, new Answer.Found<>(records, false))) {
      case ListAnswer.Listed listed -> {
        assertThat(listed.code()).startsWith("127.").doesNotStartWith("127.255.255.");
        assertThat(records).allMatch(r -> r.getAddress()[0] == 127);
      }
      case ListAnswer.NotListed _, ListAnswer.Broken _ -> {}
    }
  }
}
