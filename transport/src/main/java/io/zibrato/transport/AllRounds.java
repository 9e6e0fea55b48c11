package io.zibrato.transport;

import io.zibrato.meter.Gauge;
import io.zibrato.meter.Level;
import io.zibrato.meter.LossCause;
import io.zibrato.meter.Meter;
import io.zibrato.meter.Meters;
import io.zibrato.wire.Topic;
import io.zibrato.wire.Upstream;
import java.util.HashMap;
import java.util.Map;

/**
 * The rounds of all levels, each made when its level is first heard of. For the publisher's thread
 * only.
 */
final class AllRounds implements BrokerLink.Listener {
  private final Settings settings;
  private final Meters meters;
  private final Instance instance;
  private final PublisherMeters own;
  private final Map<String, Rounds> byLevel = new HashMap<>();
  private int nextMeter;

  AllRounds(Settings settings, Meters meters, Instance instance, PublisherMeters own) {
    this.settings = settings;
    this.meters = meters;
    this.instance = instance;
    this.own = own;
  }

  /** The topic of a level, in the version of the wire that is sent. */
  byte[] topic(String level) {
    return of(level).topic();
  }

  /** Publishes a round of each wanted level; false when the link did not take all of it. */
  boolean publish(BrokerLink link, boolean last) {
    if (link.wantsByName(topic(Level.ZIBRATO))) own.tell(gaugeTraffic(), this::take);
    meters.moveWhatIsOver();
    for (Meter meter : meters.from(nextMeter)) {
      of(meter.level().name()).add(meter);
      nextMeter++;
    }
    // Twice the setting is more than the queue holds, and bounds what faster writers cost.
    meters.drainGauges(2 * settings.gaugeQueue(), this::take);
    boolean whole = true;
    for (Rounds level : byLevel.values()) {
      if (link.wants(level.topic())) whole &= level.publish(link, last);
    }
    return whole;
  }

  private PublisherMeters.GaugeTraffic gaugeTraffic() {
    long out = 0;
    long held = 0;
    for (Rounds level : byLevel.values()) {
      out += level.gaugesOut();
      held += level.gaugesHeld();
    }
    return new PublisherMeters.GaugeTraffic(out, held);
  }

  private void take(Gauge gauge, long epochMillis, double value) {
    boolean kept = of(gauge.level().name()).add(gauge, epochMillis, value);
    if (!kept) meters.losses().add(LossCause.GAUGE_UNSUBSCRIBED, 1);
  }

  private Rounds of(String level) {
    Rounds known = byLevel.get(level);
    if (known != null) return known;
    int waiting = settings.gaugeQueue();
    Rounds made =
        settings.wire() == 1
            ? new TextRounds(level, waiting)
            : new FrameRounds(level, instance, meters.losses(), waiting, System::nanoTime);
    byLevel.put(level, made);
    return made;
  }

  @Override
  public void connected() {
    byLevel.values().forEach(Rounds::connected);
  }

  @Override
  public void subscribed(byte[] topic) {
    for (Rounds level : byLevel.values()) {
      if (Topic.matches(topic, level.topic())) level.fullRound();
    }
  }

  @Override
  public void resync(Upstream.Resync request) {
    boolean ours =
        request.instance().equals(instance.id()) || request.instance().equals(Upstream.EVERYONE);
    Rounds level = byLevel.get(request.level());
    if (ours && level != null) level.fullRound();
  }
}
