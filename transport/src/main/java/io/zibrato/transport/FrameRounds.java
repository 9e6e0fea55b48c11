package io.zibrato.transport;

import io.zibrato.meter.Counter;
import io.zibrato.meter.Gauge;
import io.zibrato.meter.Losses;
import io.zibrato.meter.Meter;
import io.zibrato.meter.Timer;
import io.zibrato.meter.TimerReading;
import io.zibrato.wire.Frame;
import io.zibrato.wire.Topic;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** Rounds of version 2: cumulative values, so a frame that is lost costs no more than time. */
final class FrameRounds implements Rounds {
  /*
   * A meter is in a round when it changed since a frame with its value was taken by the socket, or when the round is full. So a frame that was refused
   * changes nothing here but the sequence of those before it in its round.
   * Definitions are in every round from their meter's making until a full round went out whole, and many of them call for one. Gauge windows are in three rounds; a window that did not
   * go out yet keeps the next one from being opened, so there are never more than three.
   */
  private static final long FULL_ROUND_NANOS = 60_000_000_000L;
  private static final long ASKED_FULL_ROUND_NANOS = 5_000_000_000L;
  private static final int WINDOW_ROUNDS = 3;

  /** So that three windows and the rest of their frame stay below the largest message. */
  private static final int WINDOW_VALUES = 8192;

  private static final int MANY_DEFINITIONS = 100;

  private final String level;
  private final byte[] topic;
  private final Instance instance;
  private final Losses losses;
  private final int maxWaiting;
  private final List<SentCounter> counters = new ArrayList<>();
  private final List<SentTimer> timers = new ArrayList<>();
  private final List<Meter> all = new ArrayList<>();
  private final Deque<SentWindow> windows = new ArrayDeque<>();
  private final Deque<Frame.GaugeValue> waiting = new ArrayDeque<>();
  private Map<String, Long> sentLosses = Map.of();
  private int defined; // meters in all before this index were in a full round that went out whole
  private long sequence;
  private long window;
  private boolean full = true;
  private boolean everFull;
  private long fullSentNanos;

  FrameRounds(String level, Instance instance, Losses losses, int maxWaiting) {
    this.level = level;
    this.topic = Topic.ofFrames(level);
    this.instance = instance;
    this.losses = losses;
    this.maxWaiting = maxWaiting;
  }

  @Override
  public byte[] topic() {
    return topic;
  }

  @Override
  public void add(Meter meter) {
    all.add(meter);
    if (meter instanceof Counter counter) counters.add(new SentCounter(counter));
    if (meter instanceof Timer timer) timers.add(new SentTimer(timer));
  }

  @Override
  public boolean add(Gauge gauge, long epochMillis, double value) {
    if (waiting.size() >= maxWaiting) return false;
    waiting.add(new Frame.GaugeValue(gauge.id(), epochMillis, value));
    return true;
  }

  @Override
  public void fullRound() {
    full = true;
  }

  @Override
  public boolean publish(BrokerLink link, boolean last) {
    if (all.isEmpty()) return true;
    if (all.size() - defined > MANY_DEFINITIONS) full = true;
    FrameSplitter round = new FrameSplitter();
    boolean fullNow = last || fullDue();
    openWindow();
    List<Sent> changed = changed(fullNow);
    Map<String, Long> lost = losses.byLabel();
    if (changed.isEmpty() && windows.isEmpty() && lost.equals(sentLosses) && !fullNow) return true;
    for (Meter meter : all.subList(fullNow ? 0 : defined, all.size())) round.definition(meter);
    for (SentWindow window : windows) round.window(window.window);
    for (Sent meter : changed) meter.into(round);
    boolean whole = send(link, round.frames(), lost, fullNow, last);
    if (whole) sentWhole(fullNow, lost);
    return whole;
  }

  private boolean fullDue() {
    long sinceNanos = System.nanoTime() - fullSentNanos;
    return !everFull || sinceNanos >= (full ? ASKED_FULL_ROUND_NANOS : FULL_ROUND_NANOS);
  }

  private void openWindow() {
    boolean unsent = !windows.isEmpty() && windows.peekLast().rounds == 0;
    if (waiting.isEmpty() || unsent) return;
    List<Frame.GaugeValue> values = new ArrayList<>();
    while (!waiting.isEmpty() && values.size() < WINDOW_VALUES) values.add(waiting.remove());
    windows.add(new SentWindow(new Frame.GaugeWindow(++window, values)));
  }

  private List<Sent> changed(boolean evenUnchanged) {
    List<Sent> changed = new ArrayList<>();
    for (SentCounter counter : counters) if (counter.look() || evenUnchanged) changed.add(counter);
    for (SentTimer timer : timers) if (timer.look() || evenUnchanged) changed.add(timer);
    return changed;
  }

  private boolean send(
      BrokerLink link,
      List<FrameSplitter.Part> parts,
      Map<String, Long> lost,
      boolean full,
      boolean last) {
    for (int i = 0; i < parts.size(); i++) {
      FrameSplitter.Part part = parts.get(i);
      Frame frame =
          new Frame(
              level,
              instance.id(),
              instance.startedMillis(),
              sequence + 1,
              System.currentTimeMillis(),
              full,
              last,
              i,
              parts.size(),
              lost,
              part.definitions,
              part.counters,
              part.timers,
              part.windows);
      if (!link.send(frame.encode())) return false;
      sequence++;
      part.sent.forEach(Sent::sent);
      if (!part.windows.isEmpty()) sentWindows();
    }
    return true;
  }

  private void sentWindows() {
    for (SentWindow window : windows) window.rounds++;
    while (!windows.isEmpty() && windows.peek().rounds >= WINDOW_ROUNDS) windows.remove();
  }

  private void sentWhole(boolean fullNow, Map<String, Long> lost) {
    sentLosses = lost;
    if (!fullNow) return;
    full = false;
    everFull = true;
    fullSentNanos = System.nanoTime();
    defined = all.size();
  }

  /** A meter's value as it was last looked at, and as it was last sent. */
  interface Sent {
    /** Reads the meter; true when that differs from what was sent. */
    boolean look();

    void into(FrameSplitter round);

    /** The socket took what was looked at. */
    void sent();
  }

  private static final class SentCounter implements Sent {
    private final Counter counter;
    private long sum;
    private long sent;

    SentCounter(Counter counter) {
      this.counter = counter;
    }

    @Override
    public boolean look() {
      sum = counter.sum();
      return sum != sent;
    }

    @Override
    public void into(FrameSplitter round) {
      round.counter(new Frame.CounterValue(counter.id(), sum), this);
    }

    @Override
    public void sent() {
      sent = sum;
    }
  }

  private static final class SentTimer implements Sent {
    private final Timer timer;
    private long count;
    private long sent;
    private long leastNanos = Long.MAX_VALUE;
    private long mostNanos;

    SentTimer(Timer timer) {
      this.timer = timer;
    }

    @Override
    public boolean look() {
      return timer.count() != sent;
    }

    @Override
    public void into(FrameSplitter round) {
      // The buckets before the window (TimerStripe says why). A window that was refused is part of
      // the next one.
      TimerReading reading = timer.read();
      count = reading.count();
      long least = timer.takeLeastNanos();
      long most = timer.takeMostNanos();
      if (most > 0 || least > 0) leastNanos = Math.min(leastNanos, least);
      mostNanos = Math.max(mostNanos, most);
      long windowLeast = leastNanos == Long.MAX_VALUE ? 0 : leastNanos;
      round.timer(
          new Frame.TimerValue(
              timer.id(), count, reading.sumNanos(), windowLeast, mostNanos, reading.histogram()),
          this);
    }

    @Override
    public void sent() {
      sent = count;
      leastNanos = Long.MAX_VALUE;
      mostNanos = 0;
    }
  }

  private static final class SentWindow {
    private final Frame.GaugeWindow window;
    private int rounds;

    SentWindow(Frame.GaugeWindow window) {
      this.window = window;
    }
  }
}
