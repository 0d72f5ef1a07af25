package org.spillway.guard.grey;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Any file reads, as nothing or as sound records; a head before it makes more of it reach them. */
class GreyRecordsFuzzTest {
  @FuzzTest
  void anyFile(byte[] bytes) {
    List<GreyKey> keys = new ArrayList<>();
    GreyRecords.read(ByteBuffer.wrap(bytes), (key, _) -> keys.add(key));
    ByteBuffer headed = ByteBuffer.allocate(GreyRecords.HEAD_BYTES + bytes.length);
    headed.put(GreyRecords.head()).put(bytes).flip();
    GreyRecords.Read read = GreyRecords.read(headed, (key, _) -> keys.add(key));
    assertThat(read.ours()).isTrue();
    long whole = GreyRecords.HEAD_BYTES + bytes.length / 40 * 40L;
    assertThat(read.whole()).isEqualTo(whole);
    assertThat(keys.size()).isLessThanOrEqualTo(2 * (bytes.length / 40));
  }
}
