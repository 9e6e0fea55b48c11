package io.zibrato.transport;

import io.zibrato.meter.Counter;
import io.zibrato.meter.Gauge;
import io.zibrato.meter.Losses;
import io.zibrato.meter.Meter;
import io.zibrato.meter.Timer;
import io.zibrato.wire.Frame;
import io.zibrato.wire.Topic;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** Rounds of version 2: cumulative values, so a frame that is lost costs no more than time. */
final class FrameRounds implements Rounds {
  /*
   * A meter is in a round when it changed since a frame with its value was taken by the link, or when the round is full. A round of which the link does not take all is
   * gone on with later, from the first frame that was refused, before another one begins.
   * Definitions are in every round from their meter's making until a full round went out whole, and many of them call for one. Gauge windows are in three rounds.
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
  private final LongSupplier nanoClock;
  private final List<Meter> all = new ArrayList<>();
  private final List<Sent> values = new ArrayList<>();
  private final Deque<SentWindow> windows = new ArrayDeque<>();
  private final Deque<Frame.GaugeValue> waiting = new ArrayDeque<>();
  private Map<String, Long> sentLosses = Map.of();
  private Round round; // not yet taken whole, or null
  private int defined; // meters in all before this index were in a full round that went out whole
  private long sequence;
  private long window;
  private long gaugesOut;
  private boolean fullAsked;
  private boolean fullSent; // over the connection there is now
  private long fullSentNanos;

  FrameRounds(
      String level, Instance instance, Losses losses, int maxWaiting, LongSupplier nanoClock) {
    this.level = level;
    this.topic = Topic.ofFrames(level);
    this.instance = instance;
    this.losses = losses;
    this.maxWaiting = maxWaiting;
    this.nanoClock = nanoClock;
  }

  @Override
  public byte[] topic() {
    return topic;
  }

  @Override
  public void add(Meter meter) {
    all.add(meter);
    if (meter instanceof Counter counter) values.add(new SentCounter(counter));
    if (meter instanceof Timer timer) values.add(new SentTimer(timer));
  }

  @Override
  public boolean add(Gauge gauge, long epochMillis, double value) {
    if (waiting.size() >= maxWaiting) return false;
    waiting.add(new Frame.GaugeValue(gauge.id(), epochMillis, value));
    return true;
  }

  @Override
  public long gaugesOut() {
    return gaugesOut;
  }

  @Override
  public long gaugesHeld() {
    boolean unsent = !windows.isEmpty() && windows.peekLast().rounds == 0;
    return waiting.size() + (unsent ? windows.peekLast().window.values().size() : 0);
  }

  @Override
  public void connected() {
    // At once: the last full round may have died with the connection before.
    fullSent = false;
    round = null;
  }

  @Override
  public void fullRound() {
    fullAsked = true;
  }

  @Override
  public boolean publish(Outlet link, boolean last) {
    if (all.isEmpty()) return true;
    if (!send(link)) return false;
    round = next(last);
    return send(link);
  }

  /** The next round, or null when there is nothing to say. */
  private Round next(boolean last) {
    if (all.size() - defined > MANY_DEFINITIONS) fullAsked = true;
    boolean fullNow = last || fullDue();
    openWindow();
    List<Sent> changed = changed(fullNow);
    Map<String, Long> lost = losses.byLabel();
    if (changed.isEmpty() && windows.isEmpty() && lost.equals(sentLosses) && !fullNow) return null;
    FrameSplitter splitter = new FrameSplitter();
    for (Meter meter : all.subList(fullNow ? 0 : defined, all.size())) splitter.definition(meter);
    for (SentWindow window : windows) splitter.window(window.window);
    for (Sent value : changed) value.into(splitter);
    return new Round(splitter.parts(), fullNow, last, lost, all.size());
  }

  private boolean fullDue() {
    long sinceNanos = nanoClock.getAsLong() - fullSentNanos;
    return !fullSent || sinceNanos >= (fullAsked ? ASKED_FULL_ROUND_NANOS : FULL_ROUND_NANOS);
  }

  /** Opens a window for what waits, unless the one before has not gone out yet. */
  private void openWindow() {
    boolean unsent = !windows.isEmpty() && windows.peekLast().rounds == 0;
    if (waiting.isEmpty() || unsent) return;
    List<Frame.GaugeValue> values = new ArrayList<>();
    while (!waiting.isEmpty() && values.size() < WINDOW_VALUES) values.add(waiting.remove());
    windows.add(new SentWindow(new Frame.GaugeWindow(++window, values)));
  }

  private List<Sent> changed(boolean evenUnchanged) {
    List<Sent> changed = new ArrayList<>();
    for (Sent value : values) if (value.look() || evenUnchanged) changed.add(value);
    return changed;
  }

  /** Sends what the link takes of the round; true once there is none left. */
  private boolean send(Outlet link) {
    if (round == null) return true;
    for (; round.next < round.parts.size(); round.next++) {
      FrameSplitter.Part part = round.parts.get(round.next);
      if (!link.send(frame(part).encode())) return false;
      sequence++;
      part.sent.forEach(Sent::sent);
      if (!part.windows.isEmpty()) sentWindows();
    }
    sentWhole();
    return true;
  }

  private Frame frame(FrameSplitter.Part part) {
    return new Frame(
        level,
        instance.id(),
        instance.startedMillis(),
        sequence + 1,
        System.currentTimeMillis(),
        round.full,
        round.last,
        round.next,
        round.parts.size(),
        round.lost,
        part.definitions,
        part.counters,
        part.timers,
        part.windows);
  }

  private void sentWindows() {
    for (SentWindow window : windows) {
      if (window.rounds++ == 0) gaugesOut += window.window.values().size();
    }
    while (!windows.isEmpty() && windows.peek().rounds >= WINDOW_ROUNDS) windows.remove();
  }

  private void sentWhole() {
    sentLosses = round.lost;
    if (round.full) {
      fullAsked = false;
      fullSent = true;
      fullSentNanos = nanoClock.getAsLong();
      defined = round.defined;
    }
    round = null;
  }

  /** A round on its way. */
  private static final class Round {
    private final List<FrameSplitter.Part> parts;
    private final boolean full;
    private final boolean last;
    private final Map<String, Long> lost;
    private final int defined;
    private int next;

    Round(
        List<FrameSplitter.Part> parts,
        boolean full,
        boolean last,
        Map<String, Long> lost,
        int defined) {
      this.parts = parts;
      this.full = full;
      this.last = last;
      this.lost = lost;
      this.defined = defined;
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
