package io.zibrato.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.zibrato.wire.Topic;
import io.zibrato.wire.Upstream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RecentTopicsTest {
  private final BrokerMeters meters = new BrokerMeters("here");
  private final RecentTopics topics = new RecentTopics(meters);

  @Test
  void levels_areToldApartThoughOneBeginsWithTheOther() {
    for (int again = 0; again < 3; again++) {
      for (String level : new String[] {"info", "inf", "information", "i"}) {
        assertThat(topics.traffic(frame(level))).isSameAs(meters.traffic(level));
        assertThat(topics.traffic(text(level))).isSameAs(meters.traffic(level));
      }
    }
  }

  @Test
  void manyLevels_eachFindsItsOwn() {
    for (int again = 0; again < 3; again++) {
      for (int i = 0; i < 200; i++) {
        assertThat(topics.traffic(frame("level" + i))).isSameAs(meters.traffic("level" + i));
      }
    }
  }

  @Test
  void noTopic_isNotFound() {
    assertThat(topics.traffic(new byte[0])).isNull();
    assertThat(topics.traffic(new byte[] {Topic.FRAME})).isNull();
    assertThat(topics.traffic(new byte[500])).isNull();
    assertThat(topics.traffic(new Upstream.Heartbeat(new UUID(1, 2)).encode())).isNull();
    assertThat(topics.traffic("|Counter|a|1|1|s".getBytes(StandardCharsets.UTF_8))).isNull();
  }

  @Test
  void topicCutShort_isNotTakenForOneThatIsKnown() {
    topics.traffic(frame("info"));

    assertThat(topics.traffic(Topic.ofFrames("info"))).isSameAs(meters.traffic("info"));
    assertThat(topics.traffic(Arrays.copyOf(Topic.ofFrames("info"), 5))).isNull();
  }

  private static byte[] frame(String level) {
    byte[] topic = Topic.ofFrames(level);
    return Arrays.copyOf(topic, topic.length + 20);
  }

  private static byte[] text(String level) {
    return (level + "|Counter|a|1|1|s").getBytes(StandardCharsets.UTF_8);
  }
}
