package io.zibrato.meter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Predicate;

/**
 * All meters of one process.
 *
 * <p>Bounded: after {@code maxSeries} series, every further one is measured in the series {@value
 * #OVERFLOW} of its level and type, so that its measurements still count, and {@link #overflowed}
 * says how many were turned away. The level {@value Level#ZIBRATO} has {@value #OWN_SERIES} more,
 * so that this can be told. Meters are never removed. Any thread.
 */
public final class Meters {
  public static final String OVERFLOW = "zibrato.overflow";

  /** Levels beyond so many are measured at the level {@value #OVERFLOW}. */
  static final int MAX_LEVELS = 1000;

  /** Series that the level at which we speak of ourselves may have past the limit. */
  static final int OWN_SERIES = 256;

  private final String defaultSource;
  private final int maxSeries;
  private final Predicate<String> onDemand;
  private final GaugeQueue gaugeQueue;
  private final Losses losses = new Losses();
  private final Pages pages = new Pages();
  private final ConcurrentMap<String, Level> levels = new ConcurrentHashMap<>();
  private final ConcurrentMap<Series, Meter> meters = new ConcurrentHashMap<>();
  private final ConcurrentMap<Series, Boolean> turnedAway = new ConcurrentHashMap<>();
  private final List<Meter> inOrder = new ArrayList<>(); // guarded by itself
  private volatile boolean full;

  /**
   * @param defaultSource the source of series that name none
   * @param maxSeries series before overflow
   * @param onDemand whether the level of that name is wanted only while a worker subscribes to it
   * @param gaugeCapacity gauge values that wait for the publisher
   */
  public Meters(
      String defaultSource, int maxSeries, Predicate<String> onDemand, int gaugeCapacity) {
    this.defaultSource = defaultSource;
    this.maxSeries = maxSeries;
    this.onDemand = onDemand;
    this.gaugeQueue = new GaugeQueue(gaugeCapacity);
  }

  public Level level(String name) {
    Level level = levels.get(name);
    if (level != null) return level;
    if (levels.size() >= MAX_LEVELS) name = OVERFLOW;
    return levels.computeIfAbsent(name, n -> new Level(n, onDemand.test(n)));
  }

  /** The levels anything was measured at, or asked for. */
  public Collection<Level> levels() {
    return levels.values();
  }

  public Counter counter(Series series) {
    return (Counter) meter(series, SeriesType.COUNTER);
  }

  public Timer timer(Series series) {
    return (Timer) meter(series, SeriesType.TIMER);
  }

  public Gauge gauge(Series series) {
    return (Gauge) meter(series, SeriesType.GAUGE);
  }

  public String defaultSource() {
    return defaultSource;
  }

  public Losses losses() {
    return losses;
  }

  /**
   * How many series were turned away into {@value #OVERFLOW}; exact up to {@code maxSeries} of
   * them, and no higher.
   */
  public int overflowed() {
    return turnedAway.size();
  }

  /** How many meters there are. */
  public int size() {
    return meters.size();
  }

  /** The meters with an id of {@code firstId} or more, in the order of their ids. */
  public List<Meter> from(int firstId) {
    synchronized (inOrder) {
      return new ArrayList<>(inOrder.subList(Math.min(firstId, inOrder.size()), inOrder.size()));
    }
  }

  /**
   * Makes room for new threads where threads that have ended had some of their own. The publisher
   * calls it each round.
   */
  public void moveWhatIsOver() {
    pages.moveWhatIsOver(this::withId);
  }

  private Meter withId(int id) {
    synchronized (inOrder) {
      return inOrder.get(id);
    }
  }

  /**
   * Hands the waiting gauge values to {@code reader}, oldest first. For the publisher's thread
   * only.
   */
  public int drainGauges(int limit, GaugeReader reader) {
    return gaugeQueue.drain(limit, reader::value);
  }

  /** How many gauge values were ever put into the queue to the publisher. */
  public long gaugesQueued() {
    return gaugeQueue.kept();
  }

  /** How many of them were ever drained. For the publisher's thread only. */
  public long gaugesDrained() {
    return gaugeQueue.drained();
  }

  /** Takes gauge values, one call each. */
  public interface GaugeReader {
    void value(Gauge gauge, long epochMillis, double value);
  }

  private Meter meter(Series series, SeriesType type) {
    if (series.type() != type) {
      throw new IllegalArgumentException("series is no " + type + ": " + series);
    }
    Meter meter = meters.get(series);
    if (meter != null) return meter;
    Level level = level(series.level());
    boolean own = series.level().equals(Level.ZIBRATO);
    // Past the limit no lock is taken, so that endless new names cost their callers nothing more.
    if (!full || own) meter = register(series, level, maxSeries + (own ? OWN_SERIES : 0));
    return meter != null ? meter : overflow(series, level);
  }

  private Meter overflow(Series series, Level level) {
    if (turnedAway.size() < maxSeries) turnedAway.putIfAbsent(series, true);
    Series overflow = new Series(level.name(), series.type(), OVERFLOW, defaultSource);
    Meter meter = meters.get(overflow);
    return meter != null ? meter : register(overflow, level, Integer.MAX_VALUE);
  }

  /** The series' meter, made if need be; null when there are {@code limit} of them already. */
  private Meter register(Series series, Level level, int limit) {
    synchronized (inOrder) {
      Meter known = meters.get(series);
      if (known != null) return known;
      if (inOrder.size() >= limit) return null;
      Meter made = make(inOrder.size(), series, level);
      inOrder.add(made);
      meters.put(series, made);
      level.made(series);
      full = inOrder.size() >= maxSeries;
      return made;
    }
  }

  private Meter make(int id, Series series, Level level) {
    return switch (series.type()) {
      case COUNTER -> new Counter(id, series, level, pages, losses);
      case TIMER -> new Timer(id, series, level);
      case GAUGE -> new Gauge(id, series, level, gaugeQueue, losses);
    };
  }

  @Override
  public String toString() {
    return "Meters" + Arrays.toString(levels.values().toArray());
  }
}
