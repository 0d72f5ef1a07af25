package org.spillway.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

/** Any text is a tag list or a reason why not; places point into the text. */
class TagListFuzzTest {
  @FuzzTest
  void anyText(FuzzedDataProvider data) {
    String text = data.consumeRemainingAsString();
    TagList salvaged = TagList.salvage(text);
    switch (TagList.parse(text)) {
      case TagList.Reading.Good(TagList list) -> {
        assertThat(salvaged).isEqualTo(list);
        for (TagList.Tag tag : list.tags()) {
          assertThat(text.startsWith(tag.value(), tag.at())).isTrue();
          assertThat(list.compact(tag.name())).isPresent();
        }
      }
      case TagList.Reading.Bad(String why, int at) -> {
        assertThat(why).isNotEmpty();
        assertThat(at).isBetween(0, text.length());
      }
    }
  }
}
