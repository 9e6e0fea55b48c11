package io.zibrato.broker;

import io.zibrato.meter.Series;
import io.zibrato.wire.MalformedFrameException;
import io.zibrato.wire.Upstream;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Decides which of the workers' messages reach the applications: subscriptions no longer than a
 * topic, and RESYNC at a bounded rate. All else is refused and counted. One thread.
 */
final class UpstreamGate {
  /** A topic of a version 2 frame: a level and two bytes around it. */
  static final int MAX_TOPIC_BYTES = Series.MAX_LEVEL_BYTES + 2;

  /** RESYNCs that may come at once, as when a worker finds gaps in many instances' frames. */
  static final int RESYNC_BURST = 256;

  static final int RESYNCS_PER_SECOND = 64;

  private final Subscriptions subscriptions;
  private final BrokerMeters meters;
  private final Consumer<Upstream.Resync> onResync;
  private final RateLimit resyncs;

  /**
   * @param onResync told of every RESYNC that goes up
   */
  UpstreamGate(
      Subscriptions subscriptions,
      BrokerMeters meters,
      Consumer<Upstream.Resync> onResync,
      LongSupplier nanoTime) {
    this.subscriptions = subscriptions;
    this.meters = meters;
    this.onResync = onResync;
    this.resyncs = new RateLimit(RESYNC_BURST, RESYNCS_PER_SECOND, nanoTime);
  }

  /** Whether the message goes up. */
  boolean admit(byte[] message) {
    try {
      Upstream upstream = Upstream.decode(message);
      if (upstream instanceof Upstream.Subscription subscription) return admit(subscription);
      if (upstream instanceof Upstream.Resync resync) return admit(resync);
      return refuse(Cause.HEARTBEAT, "a worker's heartbeat");
    } catch (MalformedFrameException e) {
      return refuse(Cause.MALFORMED, e.getMessage());
    }
  }

  private boolean admit(Upstream.Subscription subscription) {
    byte[] topic = subscription.topic();
    boolean brokersOwn = topic.length > 0 && topic[0] == Upstream.HEARTBEAT;
    if (brokersOwn) return false;
    if (topic.length > MAX_TOPIC_BYTES) {
      return refuse(Cause.LONG_TOPIC, "a subscription of " + topic.length + " bytes");
    }
    if (!subscription.subscribe()) return subscriptions.remove(topic);
    if (subscriptions.add(topic)) return true;
    return refuse(Cause.TOO_MANY_TOPICS, "a topic beyond " + Subscriptions.MAX_TOPICS);
  }

  private boolean admit(Upstream.Resync resync) {
    if (!resyncs.tryAcquire()) {
      return refuse(Cause.RESYNC_RATE, "a RESYNC beyond " + RESYNCS_PER_SECOND + " a second");
    }
    onResync.accept(resync);
    return true;
  }

  private boolean refuse(Cause cause, String what) {
    meters.stopped(cause, what);
    return false;
  }
}
