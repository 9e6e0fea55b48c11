package io.zibrato.transport;

import static io.zibrato.transport.UpstreamQuota.Verdict.LONG_TOPIC;
import static io.zibrato.transport.UpstreamQuota.Verdict.MALFORMED;
import static io.zibrato.transport.UpstreamQuota.Verdict.PASS;
import static io.zibrato.transport.UpstreamQuota.Verdict.RATE;
import static io.zibrato.transport.UpstreamQuota.Verdict.TOO_MANY_TOPICS;
import static org.assertj.core.api.Assertions.assertThat;

import io.zibrato.wire.Upstream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import zmq.Msg;

class UpstreamQuotaTest {
  private long nowNanos;
  private final UpstreamQuota quota = new UpstreamQuota(3, 20, 100, 10, () -> nowNanos);

  @Test
  void check_letsWhatTravelsUpwards() {
    UUID id = UUID.randomUUID();

    assertThat(subscribe("info")).isEqualTo(PASS);
    assertThat(unsubscribe("info")).isEqualTo(PASS);
    assertThat(check(new Upstream.Resync(id, "info").encode())).isEqualTo(PASS);
    assertThat(check(new Upstream.Heartbeat(id).encode())).isEqualTo(PASS);
  }

  @Test
  void check_refusesAllElse() {
    assertThat(check(new byte[0])).isEqualTo(MALFORMED);
    assertThat(check(new byte[] {2, 1})).isEqualTo(MALFORMED);
    assertThat(check(new byte[] {3, 1})).isEqualTo(MALFORMED);
    assertThat(check(new byte[] {4, 1})).isEqualTo(MALFORMED);
    assertThat(check(new byte[] {-1})).isEqualTo(MALFORMED);
    assertThat(check(new byte[Upstream.MAX_BYTES + 1])).isEqualTo(MALFORMED);
    assertThat(subscribe("t".repeat(UpstreamQuota.MAX_TOPIC_BYTES + 1))).isEqualTo(LONG_TOPIC);
  }

  @Test
  void check_boundsTopicsAndTheirBytes() {
    assertThat(subscribe("a")).isEqualTo(PASS);
    assertThat(subscribe("b".repeat(20))).isEqualTo(TOO_MANY_TOPICS);
    assertThat(subscribe("b")).isEqualTo(PASS);
    assertThat(subscribe("c")).isEqualTo(PASS);
    assertThat(subscribe("d")).isEqualTo(TOO_MANY_TOPICS);
    assertThat(subscribe("a")).isEqualTo(PASS);

    unsubscribe("nobody's");
    assertThat(subscribe("d")).isEqualTo(TOO_MANY_TOPICS);
    unsubscribe("a");
    assertThat(subscribe("d")).isEqualTo(PASS);
    assertThat(quota.topicBytes()).isEqualTo(3);
  }

  @Test
  void check_boundsTheRate() {
    for (int i = 0; i < 100; i++) assertThat(subscribe("a")).isEqualTo(PASS);
    assertThat(subscribe("a")).isEqualTo(RATE);

    nowNanos += 100_000_000L;
    assertThat(subscribe("a")).isEqualTo(PASS);
    assertThat(subscribe("a")).isEqualTo(RATE);
  }

  private UpstreamQuota.Verdict subscribe(String topic) {
    return check(new Upstream.Subscription(true, topic.getBytes(StandardCharsets.UTF_8)).encode());
  }

  private UpstreamQuota.Verdict unsubscribe(String topic) {
    return check(new Upstream.Subscription(false, topic.getBytes(StandardCharsets.UTF_8)).encode());
  }

  private UpstreamQuota.Verdict check(byte[] message) {
    return quota.check(new Msg(message));
  }
}
