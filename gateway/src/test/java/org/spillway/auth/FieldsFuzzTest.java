package org.spillway.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

/** Any bytes can be read as a header section; fields stand one after the other inside it. */
class FieldsFuzzTest {
  @FuzzTest
  void anyBytes(FuzzedDataProvider data) {
    Fields.Limits limits = new Fields.Limits(data.consumeInt(0, 500), data.consumeInt(0, 9));
    byte[] bytes = data.consumeRemainingAsBytes();
    Fields fields = Fields.of(bytes, bytes.length, limits);
    int at = 0;
    for (Field field : fields.all()) {
      assertThat(field.start()).isGreaterThanOrEqualTo(at);
      assertThat(field.name()).isNotEmpty();
      assertThat(field.latin1()).hasSize(field.valueBytes().length);
      assertThat(field.bytes().length).isGreaterThan(field.value().length());
      at = field.end();
    }
    assertThat(fields.headerBytes()).isBetween(at, bytes.length);
    assertThat(fields.all().size()).isLessThanOrEqualTo(limits.maxFields());
  }
}
