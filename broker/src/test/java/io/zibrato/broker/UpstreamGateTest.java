package io.zibrato.broker;

import static io.zibrato.broker.Peers.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.zibrato.wire.Topic;
import io.zibrato.wire.Upstream;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class UpstreamGateTest {
  private final Subscriptions subscriptions = new Subscriptions();
  private final BrokerMeters meters = new BrokerMeters("here");
  private final List<Upstream.Resync> resyncs = new ArrayList<>();
  private final UpstreamGate gate = new UpstreamGate(subscriptions, meters, resyncs::add, () -> 0);

  @Test
  void subscription_passes() {
    assertThat(gate.admit(subscription(true, "debug|"))).isTrue();
    assertThat(subscriptions.size()).isEqualTo(1);
    assertThat(gate.admit(subscription(false, "debug|"))).isTrue();
    assertThat(subscriptions.size()).isZero();
  }

  @Test
  void subscription_toEverythingPasses() {
    assertThat(gate.admit(subscription(true, ""))).isTrue();
    assertThat(subscriptions.want(Topic.ofFrames("zibrato"))).isTrue();
  }

  @Test
  void subscription_ofTheLongestTopicPasses() {
    byte[] topic = Topic.ofFrames("x".repeat(64));

    assertThat(gate.admit(new Upstream.Subscription(true, topic).encode())).isTrue();
  }

  @Test
  void subscription_longerThanATopicIsRefused() {
    assertThat(gate.admit(subscription(true, "x".repeat(67)))).isFalse();
    assertThat(gate.admit(subscription(false, "x".repeat(67)))).isFalse();
    assertThat(meters.stopped(Cause.LONG_TOPIC)).isEqualTo(2);
  }

  @Test
  void subscription_beyondTheMostIsRefused() {
    for (int i = 0; i < Subscriptions.MAX_TOPICS; i++) gate.admit(subscription(true, "t" + i));

    assertThat(gate.admit(subscription(true, "one more"))).isFalse();
    assertThat(gate.admit(subscription(false, "one more"))).isFalse();
    assertThat(meters.stopped(Cause.TOO_MANY_TOPICS)).isEqualTo(1);
    assertThat(gate.admit(subscription(false, "t7"))).isTrue();
    assertThat(gate.admit(subscription(true, "one more"))).isTrue();
  }

  @Test
  void subscription_toTheHeartbeatStaysBelowUncounted() {
    assertThat(gate.admit(new Upstream.Subscription(true, Upstream.heartbeatTopic()).encode()))
        .isFalse();
    assertThat(subscriptions.size()).isZero();
    for (Cause cause : Cause.values()) assertThat(meters.stopped(cause)).isZero();
  }

  @Test
  void resync_passesUntilThereAreTooMany() {
    Upstream.Resync resync = new Upstream.Resync(UUID.randomUUID(), "debug");

    for (int i = 0; i < UpstreamGate.RESYNC_BURST; i++) {
      assertThat(gate.admit(resync.encode())).isTrue();
    }

    assertThat(gate.admit(resync.encode())).isFalse();
    assertThat(resyncs).hasSize(UpstreamGate.RESYNC_BURST).containsOnly(resync);
    assertThat(meters.stopped(Cause.RESYNC_RATE)).isEqualTo(1);
  }

  @Test
  void heartbeat_isRefused() {
    assertThat(gate.admit(new Upstream.Heartbeat(UUID.randomUUID()).encode())).isFalse();
    assertThat(meters.stopped(Cause.HEARTBEAT)).isEqualTo(1);
  }

  @Test
  void otherBytes_areRefused() {
    assertThat(gate.admit(new byte[0])).isFalse();
    assertThat(gate.admit(new byte[] {2})).isFalse();
    assertThat(gate.admit(new byte[] {3, 1})).isFalse();
    assertThat(gate.admit(new byte[129])).isFalse();
    assertThat(meters.stopped(Cause.MALFORMED)).isEqualTo(4);
  }

  private static byte[] subscription(boolean subscribe, String topic) {
    return new Upstream.Subscription(subscribe, bytes(topic)).encode();
  }
}
