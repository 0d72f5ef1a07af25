package org.spillway.guard;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import org.spillway.mail.Address;

/** Any header section reads; the addresses found in it are addresses. */
class FromFieldFuzzTest {
  private static final byte[] NAME = "From: ".getBytes(StandardCharsets.US_ASCII);

  @FuzzTest
  void anyHeader(byte[] bytes) {
    look(bytes);
    byte[] named = new byte[NAME.length + bytes.length];
    System.arraycopy(NAME, 0, named, 0, NAME.length);
    System.arraycopy(bytes, 0, named, NAME.length, bytes.length);
    look(named);
  }

  private static void look(byte[] bytes) {
    FromField from = FromField.of(bytes);
    assertThat(from.addresses().size()).isLessThanOrEqualTo(100);
    for (Address address : from.addresses()) {
      assertThat(Address.parse(address.toString())).contains(address);
    }
  }
}
