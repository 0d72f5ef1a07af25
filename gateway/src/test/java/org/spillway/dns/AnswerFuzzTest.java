package org.spillway.dns;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.InetAddress;
import java.util.List;
import java.util.function.BiFunction;
import org.spillway.dns.upstream.Deadline;
import org.spillway.dns.upstream.Heard;
import org.spillway.dns.upstream.Upstream;
import org.spillway.dns.upstream.Upstreams;
import org.spillway.mail.Domain;
import org.xbill.DNS.Message;

/** Whatever a server sends, an {@link Answer} comes out, with proofs and without. */
final class AnswerFuzzTest {
  private static final InetAddress CLIENT = InetAddress.ofLiteral("192.0.2.1");
  private static final String NAME = "a.test";

  @FuzzTest
  void anAnswerComesOut(byte[] bytes) {
    if (bytes.length == 0) {
      return;
    }
    HandTime time = new HandTime();
    DnsSettings settings = DnsSettings.standard(List.of("127.0.0.1"));
    BiFunction<Message, Deadline, Heard> server = (query, _) -> heard(query, bytes);
    Source plain = new PlainSource(server, true);
    Source proving = new ProvingSource(new KeyQuestions(server, time), TrustAnchors.ROOT, time);
    Source source = (bytes[0] & 1) == 0 ? plain : proving;
    askAll(new DnsJavaResolver(settings, time, new Upstreams(List.of()), new Lookup(source, time)));
  }

  /** A header and a question that fit the query; flags, counts and records from the bytes. */
  private static Heard heard(Message query, byte[] bytes) {
    byte[] wire = query.toWire();
    int records = 12 + query.getQuestion().getName().length() + 4;
    byte[] reply = new byte[records + bytes.length];
    System.arraycopy(wire, 0, reply, 0, records);
    reply[2] = (byte) (0x80 | at(bytes, 1) & 0x07);
    reply[3] = (byte) (at(bytes, 2) & 0x33); // AD, CD and some of the codes
    reply[7] = (byte) (at(bytes, 3) & 7);
    reply[9] = (byte) (at(bytes, 4) & 7);
    reply[11] = (byte) (at(bytes, 5) & 3);
    System.arraycopy(
        bytes, Math.min(6, bytes.length), reply, records, Math.max(0, bytes.length - 6));
    return Upstream.read(query, reply);
  }

  private static byte at(byte[] bytes, int index) {
    return index < bytes.length ? bytes[index] : 0;
  }

  private static void askAll(Dns dns) {
    mustBe(dns.txt(NAME));
    mustBe(dns.mx(new Domain(NAME)));
    mustBe(dns.a(NAME));
    mustBe(dns.aaaa(NAME));
    mustBe(dns.tlsa(NAME));
    mustBe(dns.cname(NAME));
    mustBe(dns.ptr(CLIENT));
  }

  private static void mustBe(Answer<?> answer) {
    if (answer instanceof Answer.Failed<?>(String why) && !why.matches("[\\x20-\\x7e]*")) {
      throw new AssertionError("odd words for a log line");
    }
  }
}
