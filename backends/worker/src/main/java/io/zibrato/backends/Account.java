package io.zibrato.backends;

import io.zibrato.meter.SeriesType;
import io.zibrato.wire.Frame;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.function.Consumer;

/** What is booked of one instance at one level. */
final class Account {
  /*
   * A value is booked only from a frame later than the one that its series was last booked from, series by series. So a frame that comes twice or
   * late gives nothing again, and yet what only the late one carries still counts.
   * Nothing is booked of an id whose definition has not come: the full frame that is then asked for brings both. Gauge values, which no later frame
   * repeats, wait for it instead.
   */
  private final boolean older;
  private final Budget seriesBudget;
  private final LossTally losses;
  private final BookedSeries series;
  private final FullRounds rounds;
  private final GaugeWindows gauges;
  private boolean joined;
  private boolean capped; // the last definitions did not all find room

  /** Whether anything was booked since it was last saved. */
  boolean changed;

  /**
   * @param older the instance began before the ledger did: what it says first is where counting
   *     starts
   */
  Account(boolean older, Budget seriesBudget, Budget gaugeBudget, LossTally losses) {
    this.older = older;
    this.seriesBudget = seriesBudget;
    this.losses = losses;
    this.series = new BookedSeries();
    this.rounds = new FullRounds();
    this.gauges = new GaugeWindows(series, gaugeBudget, losses, !older);
  }

  /** One that was saved. */
  Account(Budget seriesBudget, Budget gaugeBudget, LossTally losses, DataInputStream in)
      throws IOException {
    this.older = in.readBoolean();
    this.seriesBudget = seriesBudget;
    this.losses = losses;
    this.series = new BookedSeries(in);
    seriesBudget.takeKept(series.cost());
    this.rounds = new FullRounds(in);
    this.gauges = new GaugeWindows(series, gaugeBudget, losses, in);
    this.joined = in.readBoolean();
    this.capped = in.readBoolean();
  }

  byte[] encoded() {
    return Encoded.of(this::save);
  }

  private void save(DataOutputStream out) throws IOException {
    out.writeBoolean(older);
    series.save(out);
    rounds.save(out);
    gauges.save(out);
    out.writeBoolean(joined);
    out.writeBoolean(capped);
  }

  /** Books the frame, and returns whether to ask for a full one. */
  boolean book(Frame frame, long nowNanos, Consumer<Measurement> sink) {
    changed = true;
    rounds.arrives(frame);
    define(frame);
    for (Frame.CounterValue value : frame.counters()) counter(value, frame.sequence(), sink);
    for (Frame.TimerValue value : frame.timers()) timer(value, frame.sequence(), sink);
    if (older && !joined) gauges.joinAt(frame.gauges());
    if (!gauges.book(frame.gauges(), capped, sink)) rounds.need(frame.sequence());
    joined = true;
    rounds.booked(frame, !capped);
    return rounds.ask(nowNanos);
  }

  /** The instance is forgotten. */
  void close() {
    seriesBudget.giveBack(series.cost());
    gauges.giveUp();
  }

  private void define(Frame frame) {
    boolean refused = false;
    for (Frame.Definition definition : frame.definitions()) {
      Booked known = series.get(definition.id());
      if (known != null) {
        if (!known.is(definition.series())) wrongType(definition);
        continue;
      }
      Booked added = new Booked(definition.series());
      if (seriesBudget.take(added.cost())) series.add(definition.id(), added);
      else refused = true;
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

  private Booked find(int id, SeriesType type, long sequence) {
    Booked booked = series.get(id);
    if (booked == null) {
      if (capped) losses.add(Loss.SERIES_CAP, 1, () -> "id " + id);
      else rounds.need(sequence);
    } else if (booked.type != type) {
      losses.add(Loss.WRONG_TYPE, 1, () -> type + " value of " + booked.key);
      return null;
    }
    return booked;
  }

  private void wrongType(Frame.Definition definition) {
    losses.add(Loss.WRONG_TYPE, 1, () -> "id taken over by " + definition.series());
  }
}
