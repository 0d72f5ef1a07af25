package org.spillway.deliver.tls;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.spillway.dns.Dns;

/** Whatever a zone holds, a record is used or not, and nothing is thrown. */
final class TlsaCheckFuzzTest {
  private static final List<java.security.cert.X509Certificate> CHAIN =
      Certificates.chain(Certificates.ROOT.leaf(0, "x", "mx.test"), Certificates.ROOT);

  @FuzzTest
  void neverThrows(FuzzedDataProvider data) {
    int usage = data.consumeInt(0, 255);
    int selector = data.consumeInt(0, 3);
    int matching = data.consumeInt(0, 3);
    String text =
        data.consumeBoolean()
            ? data.consumeString(100)
            : HexFormat.of().formatHex(data.consumeRemainingAsBytes());
    Dns.Tlsa record = new Dns.Tlsa(usage, selector, matching, text);
    boolean usable = TlsaCheck.isUsable(record);
    boolean matched =
        TlsaCheck.objection(
                new TlsDemand.Proof.Dane(List.of(record), Set.of("mx.test")),
                CHAIN,
                Certificates.NOW)
            .isEmpty();
    if (matched && !usable) {
      throw new AssertionError(record.toString());
    }
  }
}
