package io.zibrato.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class UpstreamTest {
  private final UUID id = UUID.randomUUID();

  @Test
  void subscription_isAsZeroMqSendsIt() throws MalformedFrameException {
    byte[] topic = Topic.ofFrames("info");
    for (boolean subscribe : new boolean[] {true, false}) {
      byte[] bytes = new Upstream.Subscription(subscribe, topic).encode();
      assertThat(bytes).startsWith(subscribe ? 1 : 0).endsWith(topic).hasSize(topic.length + 1);

      Upstream.Subscription read = (Upstream.Subscription) Upstream.decode(bytes);
      assertThat(read.subscribe()).isEqualTo(subscribe);
      assertThat(read.topic()).isEqualTo(topic);
    }
    assertThat(((Upstream.Subscription) Upstream.decode(new byte[] {1})).topic()).isEmpty();
  }

  @Test
  void resync_comesBackAsItWas() throws MalformedFrameException {
    for (String level : new String[] {"i", "info", "é".repeat(32)}) {
      Upstream.Resync resync = new Upstream.Resync(id, level);
      assertThat(Upstream.decode(resync.encode())).isEqualTo(resync);
      assertThat(resync.encode()).startsWith(3).hasSizeLessThanOrEqualTo(Upstream.MAX_BYTES);
    }
  }

  @Test
  void heartbeat_comesBackAsItWas() throws MalformedFrameException {
    Upstream.Heartbeat heartbeat = new Upstream.Heartbeat(id);
    assertThat(Upstream.decode(heartbeat.encode())).isEqualTo(heartbeat);
    assertThat(heartbeat.encode()).startsWith(Upstream.heartbeatTopic()).hasSize(17);
  }

  @Test
  void bytes_outOfBoundsAreMalformed() {
    assertMalformed(new byte[0]);
    assertMalformed(new byte[Upstream.MAX_BYTES + 1]);
    assertMalformed(new byte[] {2});
    assertMalformed(new byte[] {5});
    assertMalformed(new byte[] {-1});
    assertMalformed(new byte[] {4});
    assertMalformed(filled(16, 4));
    assertMalformed(filled(18, 4));
    assertMalformed(filled(17, 3));
    assertMalformed(filled(17 + 65, 3));
    // A level that is not UTF-8, and one with NUL in it.
    byte[] bad = filled(20, 3);
    Arrays.fill(bad, 17, 20, (byte) 0xff);
    assertMalformed(bad);
    assertMalformed(filled(20, 3));
  }

  @Test
  void randomBytes_areReadOrMalformed() {
    Random random = new Random(9);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[random.nextInt(140)];
      random.nextBytes(bytes);
      if (bytes.length > 0) bytes[0] = (byte) random.nextInt(6);
      try {
        assertThat(Upstream.decode(bytes).encode()).isEqualTo(bytes);
      } catch (MalformedFrameException e) {
        assertThat(e.getMessage()).matches("[ -~]*");
      }
    }
  }

  @Test
  void topic_matchesWhatBeginsAlike() {
    byte[] info = Topic.ofFrames("info");
    assertThat(Topic.matches(new byte[0], info)).isTrue();
    assertThat(Topic.matches(new byte[] {2}, info)).isTrue();
    assertThat(Topic.matches(info, info)).isTrue();
    assertThat(Topic.matches(Arrays.copyOf(info, 40), info)).isTrue();
    assertThat(Topic.matches(Topic.ofFrames("information"), info)).isFalse();
    assertThat(Topic.matches(Topic.ofText("info"), info)).isFalse();
    assertThat(Topic.matches(Topic.ofText("info"), Topic.ofText("information"))).isFalse();
  }

  @Test
  void levelOf_isReadFromEitherVersion() {
    assertThat(Topic.levelOf(Frames.rich().encode())).isEqualTo("info");
    assertThat(Topic.levelOf(Topic.ofFrames("é".repeat(32)))).isEqualTo("é".repeat(32));
    assertThat(Topic.levelOf(Topic.ofText("é".repeat(32)))).isEqualTo("é".repeat(32));
    assertThat(Topic.levelOf(utf8("warn|Counter|n|1|1|s"))).isEqualTo("warn");
    assertThat(Topic.levelOf(utf8("a\uFFFDb|"))).isEqualTo("a\uFFFDb");
  }

  @Test
  void levelOf_isNullWhereThereIsNone() {
    for (byte[] none :
        new byte[][] {
          {},
          {2},
          {2, 0},
          utf8("|x"),
          utf8("info"),
          utf8("x".repeat(65) + "|"),
          {(byte) 0xff, '|'},
          {2, (byte) 0xc3, 0}
        }) {
      assertThat(Topic.levelOf(none)).isNull();
    }
  }

  private static byte[] filled(int length, int first) {
    byte[] bytes = new byte[length];
    bytes[0] = (byte) first;
    return bytes;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void assertMalformed(byte[] bytes) {
    assertThatThrownBy(() -> Upstream.decode(bytes))
        .as(Arrays.toString(bytes))
        .isInstanceOf(MalformedFrameException.class);
  }
}
