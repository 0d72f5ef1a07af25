package org.spillway.auth.dmarc;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.ArrayList;
import java.util.List;
import org.spillway.mail.Domain;

/** Any From field is read, and every domain found is one. */
class AuthorDomainFuzzTest {
  @FuzzTest
  void anyFrom(FuzzedDataProvider data) {
    List<String> fields = new ArrayList<>();
    int count = data.consumeInt(0, 3);
    for (int i = 0; i < count; i++) {
      fields.add(data.consumeString(400));
    }
    fields.add(data.consumeRemainingAsString());
    List<Domain> found =
        switch (AuthorDomain.of(fields)) {
          case AuthorDomain.One one -> List.of(one.domain());
          case AuthorDomain.Several several -> several.domains();
          case AuthorDomain.None none -> {
            assertThat(none.why()).isNotEmpty();
            yield List.of();
          }
        };
    assertThat(found).hasSizeLessThanOrEqualTo(AuthorDomain.MOST_DOMAINS).doesNotHaveDuplicates();
    for (Domain domain : found) {
      assertThat(Domain.parse(domain.name())).contains(domain);
    }
  }
}
