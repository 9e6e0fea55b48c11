package io.zibrato.broker;

import io.zibrato.wire.Frame;
import io.zibrato.wire.Topic;
import io.zibrato.wire.Upstream;
import java.util.UUID;
import org.zeromq.ZMQ;

/**
 * What the broker sends by itself, once a second: a heartbeat both ways, and down to the workers
 * what it tells about itself. Only for the broker's thread, but for {@link #stalled}.
 */
final class Pulse {
  private static final long BEAT_NANOS = 1_000_000_000L;
  private static final long STALLED_NANOS = 10 * BEAT_NANOS;
  private static final byte[] OWN_TOPIC = Topic.ofFrames(BrokerMeters.LEVEL);

  private final Sides sides;
  private final Subscriptions subscriptions;
  private final BrokerMeters meters;
  private final byte[] heartbeat;
  private final SelfReport self;
  private volatile long beatNanos = System.nanoTime() - BEAT_NANOS;

  Pulse(Sides sides, Subscriptions subscriptions, BrokerMeters meters) {
    this.sides = sides;
    this.subscriptions = subscriptions;
    this.meters = meters;
    UUID instance = UUID.randomUUID();
    heartbeat = new Upstream.Heartbeat(instance).encode();
    self = new SelfReport(instance, meters.meters(), System::nanoTime, System::currentTimeMillis);
  }

  /** Sends all of it, once it is time to, and returns whether it was. */
  boolean beat() {
    long now = System.nanoTime();
    if (now - beatNanos < BEAT_NANOS) return false;
    beatNanos = now;
    sides.publishers().send(heartbeat, ZMQ.DONTWAIT);
    sides.workers().send(heartbeat, ZMQ.DONTWAIT);
    report(false);
    return true;
  }

  /** Sends the broker's own frames for the last time. */
  void last() {
    report(true);
  }

  /** A RESYNC came by; it may be for the broker's own frames. */
  void resync(Upstream.Resync resync) {
    self.resync(resync);
  }

  /** Whether it is long past the time for a beat. Any thread. */
  boolean stalled() {
    return System.nanoTime() - beatNanos > STALLED_NANOS;
  }

  private void report(boolean last) {
    meters.subscriptions(subscriptions.size());
    self.subscribed(subscriptions.want(OWN_TOPIC));
    for (Frame frame : self.round(last)) sides.workers().send(frame.encode(), ZMQ.DONTWAIT);
  }
}
