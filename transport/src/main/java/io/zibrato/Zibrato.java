package io.zibrato;

import io.zibrato.meter.Counter;
import io.zibrato.meter.Gauge;
import io.zibrato.meter.Level;
import io.zibrato.meter.Meters;
import io.zibrato.meter.Series;
import io.zibrato.meter.SeriesType;
import io.zibrato.meter.Timer;
import io.zibrato.statvent.Stats;
import io.zibrato.transport.Publisher;
import io.zibrato.transport.SettingSources;
import io.zibrato.transport.Settings;
import java.util.Collection;
import java.util.List;

/**
 * Measures by calls instead of annotations.
 *
 * <pre>{@code
 * Zibrato z = Zibrato.shared();
 * z.counter("info", "orders").increment();
 * z.gauge("info", "queue.depth", queue.size());
 * try (var t = z.timeMe("debug", "slow_part")) { ... }
 * }</pre>
 *
 * <p>Any thread. Recording never blocks, throws, or waits for the broker; asking for a meter throws
 * {@link IllegalArgumentException} for a level, name, source or tag that is none ({@link Series}
 * has the bounds). A meter that is used often is best kept by its user.
 *
 * <p>Nothing starts before the first meter is asked for; then one daemon thread, the {@link
 * Publisher}'s, sends what was measured, and a shutdown hook sends the rest. With the setting
 * {@code zibrato.statvent}, {@link Stats} tells all meters in a named pipe too. What may be lost:
 * what was measured since the last round, when the process is killed; gauge values beyond what
 * waits.
 */
public final class Zibrato implements AutoCloseable {
  private static final class Shared {
    static final Zibrato INSTANCE = builder().build();
  }

  private final Settings settings;
  private final Meters meters;
  private final Publisher publisher;
  private final ByName<Counter> counters = new ByName<>((level, name) -> counter(level, name, ""));
  private final ByName<Timer> timers = new ByName<>((level, name) -> timer(level, name, ""));
  private final ByName<Gauge> gauges = new ByName<>((level, name) -> gauge(level, name, ""));
  private volatile boolean started;

  Zibrato(ZibratoBuilder builder) {
    settings = SettingSources.load(builder.values);
    boolean enabled = settings.enabled();
    // A level on demand that nobody ever asks for is what being disabled comes to.
    meters =
        new Meters(
            settings.source(),
            settings.maxSeries(),
            level -> !enabled || settings.isOnDemand(level),
            settings.gaugeQueue());
    publisher = new Publisher(settings, meters, builder.context, builder.closeAtExit);
  }

  /**
   * The one that woven code measures with. It is set by properties and environment, and closed by
   * the end of the process. An application that a container may undeploy, and that brought these
   * classes with it, calls {@link #close} on it then, as in {@code contextDestroyed}.
   */
  public static Zibrato shared() {
    return Shared.INSTANCE;
  }

  /** One of your own, set by what the builder is told and, below it, as {@link #shared} is. */
  public static ZibratoBuilder builder() {
    return new ZibratoBuilder();
  }

  public Counter counter(String level, String name) {
    return counters.get(level, name);
  }

  /**
   * @param source empty means the setting {@code zibrato.source}
   * @param tags {@code key=value}
   */
  public Counter counter(String level, String name, String source, String... tags) {
    start();
    return meters.counter(series(SeriesType.COUNTER, level, name, source, List.of(tags)));
  }

  public Timer timer(String level, String name) {
    return timers.get(level, name);
  }

  /**
   * @param source empty means the setting {@code zibrato.source}
   * @param tags {@code key=value}
   */
  public Timer timer(String level, String name, String source, String... tags) {
    start();
    return meters.timer(series(SeriesType.TIMER, level, name, source, List.of(tags)));
  }

  public Gauge gauge(String level, String name) {
    return gauges.get(level, name);
  }

  /**
   * @param source empty means the setting {@code zibrato.source}
   * @param tags {@code key=value}
   */
  public Gauge gauge(String level, String name, String source, String... tags) {
    start();
    return meters.gauge(series(SeriesType.GAUGE, level, name, source, List.of(tags)));
  }

  /** Records a number as it is now. */
  public void gauge(String level, String name, double value) {
    gauges.get(level, name).record(value);
  }

  /** Times the block that follows: {@code try (var t = z.timeMe("debug", "slow_part")) { ... }}. */
  public TimedBlock timeMe(String level, String name) {
    return new TimedBlock(timers.get(level, name));
  }

  /** Counts the block that follows as one. */
  public CountedBlock countMe(String level, String name) {
    return countMe(level, name, 1);
  }

  /** Counts the block that follows as {@code n}. */
  public CountedBlock countMe(String level, String name, long n) {
    return new CountedBlock(counters.get(level, name), n);
  }

  /** The level of that name, and whether it is wanted. */
  public Level level(String name) {
    start();
    return meters.level(name);
  }

  /**
   * The levels that anything was measured at or asked for, as they are now: whether each is on
   * demand, whether it is wanted, and what measures at it ({@link Level#sites}). A worker at level
   * {@value Level#ZIBRATO} is told the same numbers, as gauges {@code zibrato.level.wanted} and
   * {@code zibrato.level.sites}. Starts nothing; the collection follows levels made later.
   */
  public Collection<Level> levels() {
    return meters.levels();
  }

  /** The meters themselves, for whoever brings measurements from elsewhere. */
  public Meters meters() {
    return meters;
  }

  /**
   * Sends what is left, for at most the setting {@code zibrato.close-timeout}; what is measured
   * later goes nowhere. Safe to call twice.
   */
  @Override
  public void close() {
    publisher.close();
    if (settings.statvent()) Stats.unlist(meters);
  }

  private void start() {
    if (started) return;
    started = true;
    if (!settings.enabled()) return;
    publisher.start();
    if (settings.statvent()) Stats.list(meters, settings.pipeDir());
  }

  private Series series(
      SeriesType type, String level, String name, String source, List<String> tags) {
    if (source == null) throw new NullPointerException("source == null");
    String actual = source.isEmpty() ? settings.source() : source;
    return new Series(level, type, name, actual, Series.tags(tags));
  }
}
