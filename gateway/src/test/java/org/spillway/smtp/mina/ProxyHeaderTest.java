package org.spillway.smtp.mina;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** PROXY lines of version 1. */
class ProxyHeaderTest {
  @ParameterizedTest
  @CsvSource({
    "'PROXY TCP4 192.0.2.1 192.0.2.2 1 65535\\r\\n', 192.0.2.1",
    "'PROXY TCP6 2001:db8::1 ::1 0 25\\r\\nEHLO', 2001:db8:0:0:0:0:0:1",
    "'PROXY UNKNOWN\\r\\n', itself",
    "'PROXY UNKNOWN ffff::1 ::2 1 2\\r\\n', itself",
    "'PROXY TCP4 192.0.2.1 192.0.2.2 1 65535', more",
    "'PRO', more",
    "'', more",
    "'PROXY TCP4 192.0.2.1 192.0.2.2 1 65536\\r\\n', bad",
    "'PROXY TCP4 192.0.2.1 192.0.2.2 01 2\\r\\n', bad",
    "'PROXY TCP4 192.0.2.1 192.0.2.2 1 2\\n', bad",
    "'PROXY TCP4 192.0.2.1 192.0.2.2 1 2 3\\r\\n', bad",
    "'PROXY TCP4  192.0.2.1 192.0.2.2 1 2\\r\\n', bad",
    "'PROXY TCP4 host.example 192.0.2.2 1 2\\r\\n', bad",
    "'PROXY TCP4 ::1 ::2 1 2\\r\\n', bad",
    "'PROXY TCP6 192.0.2.1 192.0.2.2 1 2\\r\\n', bad",
    "'PROXY UDP4 192.0.2.1 192.0.2.2 1 2\\r\\n', bad",
    "'PROXY UNKNOWNX\\r\\n', bad",
    "'EHLO x\\r\\n', bad",
  })
  void lines(String line, String wanted) {
    byte[] bytes =
        line.replace("\\r", "\r").replace("\\n", "\n").getBytes(StandardCharsets.US_ASCII);
    String found =
        switch (ProxyHeader.parse(bytes, bytes.length)) {
          case ProxyHeader.Result.More _ -> "more";
          case ProxyHeader.Result.Bad _ -> "bad";
          case ProxyHeader.Result.Header h ->
              h.source().map(s -> s.address().getHostAddress()).orElse("itself");
        };
    assertThat(found).isEqualTo(wanted);
  }
}
