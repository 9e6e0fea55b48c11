package io.zibrato.statvent;

import io.zibrato.meter.Counter;
import io.zibrato.meter.LossCause;
import io.zibrato.meter.Meters;
import io.zibrato.meter.Series;
import io.zibrato.meter.SeriesType;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * All that was recorded by name. Any thread. Bounded: after {@value #MAX_NAMES} names, increments
 * of further ones go to {@value Meters#OVERFLOW}, and values of further ones are counted as lost.
 */
final class StatTable {
  static final int MAX_NAMES = 10_000;
  static final int DEFAULT_WINDOW = 100;
  static final int MAX_WINDOW = 100_000;

  /** How windows are kept and told. */
  record Rules(Calculator calculator, int window) {}

  private final ConcurrentMap<String, Stat> stats = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, Window> windows = new ConcurrentHashMap<>();

  /** Only for its counters' cells: these meters are neither published nor listed. */
  private final Meters cells = new Meters("", 2 * MAX_NAMES + 2, level -> false, 2);

  private final AtomicInteger cellsMade = new AtomicInteger();
  private final AtomicInteger names = new AtomicInteger();
  private final AtomicLong refused = new AtomicLong();
  private volatile Rules rules = new Rules(Calculator.PERCENTILES, DEFAULT_WINDOW);

  void incr(String name, long n) {
    Stat stat = stats.get(check(name));
    (stat != null ? stat : make(name, true)).incr(n);
  }

  void incr(String name, double n) {
    Stat stat = stats.get(check(name));
    if (!isFinite(n)) return;
    (stat != null ? stat : make(name, true)).incrFraction(n);
  }

  void set(String name, long value) {
    Stat stat = stats.get(check(name));
    if (stat == null) stat = make(name, false);
    if (stat != null) stat.set(value);
  }

  void set(String name, double value) {
    Stat stat = stats.get(check(name));
    if (!isFinite(value)) return;
    if (stat == null) stat = make(name, false);
    if (stat != null) stat.setFraction(value);
  }

  void record(String name, long value, Labeller labeller) {
    Window window = windows.get(check(name));
    if (window == null) window = make(name, labeller);
    if (window != null) window.record(value);
  }

  void record(String name, double value, Labeller labeller) {
    Window window = windows.get(check(name));
    if (!isFinite(value)) return;
    if (window == null) window = make(name, labeller);
    if (window != null) window.recordFraction(value);
  }

  void rules(Calculator calculator, int window) {
    if (calculator == null) throw new NullPointerException("calculator == null");
    if (window < 1 || window > MAX_WINDOW) {
      throw new IllegalArgumentException("window not in 1.." + MAX_WINDOW + ": " + window);
    }
    synchronized (windows) {
      rules = new Rules(calculator, window);
      windows.values().forEach(each -> each.resize(window));
    }
  }

  Rules rules() {
    return rules;
  }

  Map<String, Stat> stats() {
    return new TreeMap<>(stats);
  }

  Map<String, Window> windows() {
    return new TreeMap<>(windows);
  }

  /** Measurements lost, by cause. */
  Map<String, Long> lost() {
    Map<String, Long> lost = cells.losses().byLabel();
    if (refused.get() > 0) lost.put("too-many-names", refused.get());
    return lost;
  }

  /** Makes room for new threads where threads that have ended had places of their own. */
  void moveWhatIsOver() {
    cells.moveWhatIsOver();
  }

  private static String check(String name) {
    if (name == null) throw new NullPointerException("name == null");
    return name;
  }

  private boolean isFinite(double value) {
    if (Double.isFinite(value)) return true;
    cells.losses().add(LossCause.NOT_FINITE, 1);
    return false;
  }

  /**
   * Past the limit: the one that all share, or null.
   *
   * @param shares whether what is recorded can be put together with what others record
   */
  private Stat make(String name, boolean shares) {
    checkNew(name);
    if (!hasRoom()) {
      if (!shares) refused.getAndIncrement();
      return shares ? stats.computeIfAbsent(Meters.OVERFLOW, each -> new Stat(this::cell)) : null;
    }
    return stats.computeIfAbsent(
        name,
        each -> {
          names.getAndIncrement();
          return new Stat(this::cell);
        });
  }

  /** Without a value yet; null past the limit. */
  Window make(String name, Labeller labeller) {
    checkNew(name);
    if (labeller == null) throw new NullPointerException("labeller == null");
    if (labeller == Labeller.PLACEHOLDER && !name.contains("{0}")) {
      throw new IllegalArgumentException("name without {0}, and no labeller: \"" + name + '"');
    }
    if (!hasRoom()) {
      refused.getAndIncrement();
      return null;
    }
    synchronized (windows) {
      return windows.computeIfAbsent(
          name,
          each -> {
            names.getAndIncrement();
            return new Window(labeller, rules.window());
          });
    }
  }

  private boolean hasRoom() {
    return names.get() < MAX_NAMES;
  }

  private Counter cell() {
    int number = cellsMade.getAndIncrement();
    return cells.counter(new Series("statvent", SeriesType.COUNTER, "cell" + number, ""));
  }

  private static void checkNew(String name) {
    if (name.indexOf('\n') >= 0 || name.indexOf('\r') >= 0) {
      String shown = name.replace("\n", "\\n").replace("\r", "\\r");
      throw new IllegalArgumentException("name with a line break: \"" + shown + '"');
    }
  }
}
