package io.zibrato.backends;

import io.zibrato.meter.SeriesType;
import io.zibrato.wire.Frame;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What is booked of one instance at one level. */
final class Account {
  /*
   * A value is booked only from a frame later than the one that its series was last booked from, series by series. So a frame that comes twice or
   * late gives nothing again, and yet what only the late one carries still counts.
   * Nothing is booked of an id whose definition has not come: the full frame that is then asked for brings both. A gauge window is booked whole or
   * not at all, since the frames that follow repeat it.
   */
  private final boolean older;
  private final SeriesBudget budget;
  private final LossTally losses;
  private final Map<Integer, Booked> series = new HashMap<>();
  private final FullRounds rounds = new FullRounds();
  private final WindowLog windows = new WindowLog();
  private boolean joined;
  private boolean capped; // the last definitions did not all find room

  /**
   * @param older the instance began before the ledger did: what it says first is where counting
   *     starts
   */
  Account(boolean older, SeriesBudget budget, LossTally losses) {
    this.older = older;
    this.budget = budget;
    this.losses = losses;
  }

  /** Books the frame, and returns whether to ask for a full one. */
  boolean book(Frame frame, long nowNanos, Consumer<Measurement> sink) {
    rounds.arrives(frame);
    define(frame);
    for (Frame.CounterValue value : frame.counters()) counter(value, frame.sequence(), sink);
    for (Frame.TimerValue value : frame.timers()) timer(value, frame.sequence(), sink);
    if (!frame.gauges().isEmpty()) before(frame.gauges());
    for (Frame.GaugeWindow window : frame.gauges()) gauges(window, frame.sequence(), sink);
    joined = true;
    rounds.booked(frame, !capped);
    return rounds.ask(nowNanos);
  }

  int size() {
    return series.size();
  }

  private void define(Frame frame) {
    boolean refused = false;
    for (Frame.Definition definition : frame.definitions()) {
      Booked known = series.get(definition.id());
      if (known != null) {
        if (!known.series.equals(definition.series())) wrongType(definition);
      } else if (budget.take()) {
        series.put(definition.id(), new Booked(definition.series()));
      } else {
        refused = true;
      }
    }
    if (refused || frame.full()) capped = refused;
  }

  private void counter(Frame.CounterValue value, long sequence, Consumer<Measurement> sink) {
    Booked booked = find(value.id(), SeriesType.COUNTER, sequence);
    if (booked == null || !booked.isNews(sequence)) return;
    if (booked.hasMoreThan(value)) {
      losses.add(Loss.DECREASED, 1, booked.key::toString);
      return;
    }
    boolean start = startsAt(booked);
    CounterTotal added = booked.book(value, sequence);
    if (!start && added.sum() > 0) sink.accept(added);
  }

  private void timer(Frame.TimerValue value, long sequence, Consumer<Measurement> sink) {
    Booked booked = find(value.id(), SeriesType.TIMER, sequence);
    if (booked == null || !booked.isNews(sequence)) return;
    if (booked.hasMoreThan(value)) {
      losses.add(Loss.DECREASED, 1, booked.key::toString);
      return;
    }
    boolean start = startsAt(booked);
    TimerTotal added = booked.book(value, sequence);
    if (!start && added.count() > 0) sink.accept(added);
  }

  /** Whether the next value of the series is where its counting starts, and not itself counted. */
  private boolean startsAt(Booked booked) {
    return older && booked.isFirst() && !rounds.complete();
  }

  /** Windows are numbered without gaps, so one that no frame repeats any more is known by that. */
  private void before(List<Frame.GaugeWindow> gauges) {
    long missed = windows.missedBefore(gauges.get(0).window());
    if (missed > 0) losses.add(Loss.GAUGE_WINDOW, missed, () -> "the frames of these windows");
    // Of an older instance only the newest window counts: others may have been counted before us.
    boolean joins = older && !joined;
    for (int i = 0; joins && i < gauges.size() - 1; i++) windows.book(gauges.get(i).window());
  }

  private void gauges(Frame.GaugeWindow window, long sequence, Consumer<Measurement> sink) {
    if (windows.isBooked(window.window())) return;
    for (Frame.GaugeValue value : window.values()) {
      if (!capped && !series.containsKey(value.id())) {
        rounds.need(sequence);
        return;
      }
    }
    windows.book(window.window());
    for (Frame.GaugeValue value : window.values()) {
      Booked booked = find(value.id(), SeriesType.GAUGE, sequence);
      if (booked == null) continue;
      sink.accept(new GaugeValue(booked.key, value.epochMillis(), value.value()));
    }
  }

  private Booked find(int id, SeriesType type, long sequence) {
    Booked booked = series.get(id);
    if (booked == null) {
      if (capped) losses.add(Loss.SERIES_CAP, 1, () -> "id " + id);
      else rounds.need(sequence);
    } else if (booked.type() != type) {
      losses.add(Loss.WRONG_TYPE, 1, () -> type + " value of " + booked.series);
      return null;
    }
    return booked;
  }

  private void wrongType(Frame.Definition definition) {
    losses.add(Loss.WRONG_TYPE, 1, () -> "id taken over by " + definition.series());
  }
}
