package io.zibrato.transport;

import io.zibrato.meter.Buckets;
import io.zibrato.meter.Counter;
import io.zibrato.meter.Gauge;
import io.zibrato.meter.Histogram;
import io.zibrato.meter.Meter;
import io.zibrato.meter.SeriesType;
import io.zibrato.meter.Timer;
import io.zibrato.meter.TimerReading;
import io.zibrato.wire.TextMessage;
import io.zibrato.wire.Topic;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Rounds of version 1: a message for what a counter grew by, one for every timed call, one for
 * every gauge value.
 *
 * <p>The count and the sum of a timer's messages are exact; each message's value is its bucket's
 * middle, scaled so that the sum comes out. What the socket does not take stays for the next round,
 * and so does what is above {@value #MAX_TIMINGS} timed calls a series and round, but for the last.
 * What the socket took is lost with the connection: this version's values are not cumulative. It
 * knows no tags, and no calls that sampling left untimed: both are left out.
 */
final class TextRounds implements Rounds {
  static final int MAX_TIMINGS = 10_000;

  private final String level;
  private final byte[] topic;
  private final int maxWaiting;
  private final List<GrownCounter> counters = new ArrayList<>();
  private final List<GrownTimer> timers = new ArrayList<>();
  private final Deque<TextMessage> waiting = new ArrayDeque<>();
  private long gaugesOut;

  TextRounds(String level, int maxWaiting) {
    this.level = level;
    this.topic = Topic.ofText(level);
    this.maxWaiting = maxWaiting;
  }

  @Override
  public byte[] topic() {
    return topic;
  }

  @Override
  public void add(Meter meter) {
    if (meter instanceof Counter counter) counters.add(new GrownCounter(counter));
    if (meter instanceof Timer timer) timers.add(new GrownTimer(timer));
  }

  @Override
  public boolean add(Gauge gauge, long epochMillis, double value) {
    if (waiting.size() >= maxWaiting) return false;
    waiting.add(message(gauge, SeriesType.GAUGE, value, epochMillis / 1000));
    return true;
  }

  @Override
  public long gaugesOut() {
    return gaugesOut;
  }

  @Override
  public long gaugesHeld() {
    return waiting.size();
  }

  @Override
  public void connected() {}

  @Override
  public void fullRound() {}

  @Override
  public boolean publish(Outlet link, boolean last) {
    long epochSeconds = System.currentTimeMillis() / 1000;
    for (GrownCounter counter : counters) {
      if (!counter.publish(link, epochSeconds)) return false;
    }
    for (GrownTimer timer : timers) {
      if (!timer.publish(link, epochSeconds, last ? Long.MAX_VALUE : MAX_TIMINGS)) return false;
    }
    while (!waiting.isEmpty() && link.send(waiting.peek().encode())) {
      waiting.remove();
      gaugesOut++;
    }
    return waiting.isEmpty();
  }

  private TextMessage message(Meter meter, SeriesType type, double value, long epochSeconds) {
    String name = meter.series().name();
    return new TextMessage(level, type, name, value, epochSeconds, meter.series().source());
  }

  private final class GrownCounter {
    private final Counter counter;
    private long sent;

    GrownCounter(Counter counter) {
      this.counter = counter;
    }

    boolean publish(Outlet link, long epochSeconds) {
      long sum = counter.sum();
      if (sum == sent) return true;
      TextMessage grown = message(counter, SeriesType.COUNTER, sum - sent, epochSeconds);
      if (!link.send(grown.encode())) return false;
      sent = sum;
      return true;
    }
  }

  private final class GrownTimer {
    private final Timer timer;
    private Histogram sent = Histogram.EMPTY;
    private double sentNanos;

    GrownTimer(Timer timer) {
      this.timer = timer;
    }

    boolean publish(Outlet link, long epochSeconds, long most) {
      TimerReading reading = timer.read();
      Histogram grown = reading.histogram().minus(sent);
      double scale = Math.max(0, reading.sumNanos() - sentNanos) / middles(grown);
      long budget = most;
      boolean taken = true;
      for (int i = 0; i < grown.size() && budget > 0 && taken; i++) {
        double nanos = scale * middle(grown.index(i));
        byte[] bytes = message(timer, SeriesType.TIMER, nanos / 1e9, epochSeconds).encode();
        long wanted = Math.min(budget, grown.count(i));
        long n = 0;
        while (n < wanted && link.send(bytes)) n++;
        taken = n == wanted;
        budget -= n;
        sentNanos += n * nanos;
        if (n > 0) sent = sent.plus(Histogram.ofBucket(grown.index(i), n));
      }
      return taken;
    }

    private double middles(Histogram histogram) {
      double sum = 0;
      for (int i = 0; i < histogram.size(); i++) {
        sum += histogram.count(i) * middle(histogram.index(i));
      }
      return sum;
    }

    private double middle(int bucket) {
      return (Buckets.lowerNanos(bucket) + Buckets.upperNanos(bucket)) / 2;
    }
  }
}
