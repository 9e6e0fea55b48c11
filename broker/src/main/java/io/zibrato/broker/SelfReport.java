package io.zibrato.broker;

import io.zibrato.meter.Counter;
import io.zibrato.meter.Gauge;
import io.zibrato.meter.Meter;
import io.zibrato.meter.Meters;
import io.zibrato.wire.Frame;
import io.zibrato.wire.Upstream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongSupplier;

/**
 * The broker's own frames, at the level {@value BrokerMeters#LEVEL}. Made only while somebody
 * subscribes to them. One thread.
 */
final class SelfReport {
  /** Keeps the longest sources, names and tags within a message. */
  static final int METERS_PER_FRAME = 250;

  private static final long FULL_ROUND_NANOS = 60_000_000_000L;
  private static final long ASKED_FULL_ROUND_NANOS = 5_000_000_000L;
  private static final int WINDOWS = 3;

  private final UUID instance;
  private final long startedMillis;
  private final Meters meters;
  private final LongSupplier nanoTime;
  private final LongSupplier epochMillis;
  private final Deque<Frame.GaugeWindow> windows = new ArrayDeque<>();
  private boolean subscribed;
  private boolean full; // at once
  private boolean asked; // as soon as it is not too often
  private long fullNanos;
  private int defined; // ids below it were defined in the last full round
  private long sequence;
  private long window;

  SelfReport(UUID instance, Meters meters, LongSupplier nanoTime, LongSupplier epochMillis) {
    this.instance = instance;
    this.meters = meters;
    this.nanoTime = nanoTime;
    this.epochMillis = epochMillis;
    this.startedMillis = epochMillis.getAsLong();
  }

  /** Says whether somebody subscribes. Whoever begins to is sent a full round first. */
  void subscribed(boolean subscribed) {
    full |= subscribed && !this.subscribed;
    this.subscribed = subscribed;
  }

  /** Makes the next round that may be so a full one, if this broker is asked. */
  void resync(Upstream.Resync resync) {
    boolean ours =
        resync.instance().equals(instance) || resync.instance().equals(Upstream.EVERYONE);
    asked |= ours && resync.level().equals(BrokerMeters.LEVEL);
  }

  /**
   * The frames of one round; none while nobody subscribes.
   *
   * @param last nothing follows
   */
  List<Frame> round(boolean last) {
    openWindow();
    if (!subscribed) return List.of();
    boolean fullNow = last || full || fullDue();
    List<Meter> all = meters.from(0);
    int parts = Math.max(1, (all.size() + METERS_PER_FRAME - 1) / METERS_PER_FRAME);
    List<Frame> frames = new ArrayList<>();
    for (int part = 0; part < parts; part++) {
      int from = part * METERS_PER_FRAME;
      List<Meter> some = all.subList(from, Math.min(from + METERS_PER_FRAME, all.size()));
      frames.add(frame(some, fullNow, last, part, parts));
    }
    if (fullNow) fullRoundMade(all.size());
    return frames;
  }

  private boolean fullDue() {
    long sinceNanos = nanoTime.getAsLong() - fullNanos;
    return sinceNanos >= (asked ? ASKED_FULL_ROUND_NANOS : FULL_ROUND_NANOS);
  }

  private void fullRoundMade(int meters) {
    full = false;
    asked = false;
    fullNanos = nanoTime.getAsLong();
    defined = meters;
  }

  private void openWindow() {
    List<Frame.GaugeValue> values = new ArrayList<>();
    meters.drainGauges(
        Integer.MAX_VALUE,
        (gauge, millis, value) -> values.add(new Frame.GaugeValue(gauge.id(), millis, value)));
    if (values.isEmpty()) return;
    windows.add(new Frame.GaugeWindow(++window, values));
    if (windows.size() > WINDOWS) windows.remove();
  }

  private Frame frame(List<Meter> some, boolean fullNow, boolean last, int part, int parts) {
    List<Frame.Definition> definitions = new ArrayList<>();
    List<Frame.CounterValue> counters = new ArrayList<>();
    for (Meter meter : some) {
      if (fullNow || meter.id() >= defined) {
        definitions.add(new Frame.Definition(meter.id(), meter.series()));
      }
      if (meter instanceof Counter c) counters.add(new Frame.CounterValue(c.id(), c.sum()));
    }
    boolean withGauges = some.stream().anyMatch(Gauge.class::isInstance);
    return new Frame(
        BrokerMeters.LEVEL,
        instance,
        startedMillis,
        ++sequence,
        epochMillis.getAsLong(),
        fullNow,
        last,
        part,
        parts,
        Map.of(),
        definitions,
        counters,
        List.of(),
        withGauges ? List.copyOf(windows) : List.of());
  }
}
