package io.zibrato.agent;

import io.zibrato.Zibrato;
import io.zibrato.aspects.ConfiguredAspect;
import io.zibrato.aspects.FirstSite;
import io.zibrato.meter.Counter;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * What was woven: a line a class if asked for, one line in all, and series at level {@code
 * zibrato}.
 *
 * <p>The one line comes {@value #SUMMARY_SECONDS} s after the start, or when the application leaves
 * sooner; the series {@code zibrato.weave.sites}, {@code .classes} and {@code .errors} are
 * counters, moved once the application measures anything, so that the agent alone opens no socket.
 */
final class WeaveReport {
  static final int SUMMARY_SECONDS = 60;

  /** Beyond so many join points of one class they are counted, but not told from one another. */
  private static final int MAX_SITES_KEPT = 10_000;

  private final boolean verbose;
  private final int summarySeconds;
  private final Consumer<String> say;
  private final AtomicLong sites = new AtomicLong();
  private final AtomicLong classes = new AtomicLong();
  private final AtomicLong errors = new AtomicLong();
  private final Map<String, ConfiguredAspect> unmatched = new LinkedHashMap<>(); // guarded by this
  private final Map<String, Set<String>> current = new LinkedHashMap<>(); // guarded by this
  private final Set<String> warned = new HashSet<>(); // guarded by this
  private boolean summarised; // guarded by this
  private boolean expecting; // guarded by this
  private Counters counters; // guarded by this

  WeaveReport(
      List<ConfiguredAspect> configured,
      boolean verbose,
      int summarySeconds,
      Consumer<String> say) {
    this.summarySeconds = summarySeconds;
    this.say = say;
    for (ConfiguredAspect aspect : configured) unmatched.put(aspect.className(), aspect);
    this.verbose = verbose;
  }

  void start() {
    Thread late = new Summary(true);
    late.setDaemon(true);
    late.start();
    Runtime.getRuntime().addShutdownHook(new Summary(false));
  }

  /** The first class that may be woven is there; others may follow. */
  synchronized void expect() {
    if (expecting) return;
    expecting = true;
    WeaveMessages.report = this;
    FirstSite.listen(this::publishFirst);
  }

  /** A join point of a class was advised, for the first or a further time. */
  synchronized void woven(String type, String joinPoint, String aspect) {
    unmatched.remove(aspect);
    Set<String> known = current.get(type);
    if (known == null) {
      classes.incrementAndGet();
      current.put(type, known = new HashSet<>());
    }
    if (known.size() < MAX_SITES_KEPT && known.add(joinPoint)) sites.incrementAndGet();
  }

  /** The class is woven; nothing more comes of it. */
  synchronized void done(String type) {
    Set<String> woven = current.remove(type);
    if (verbose && woven != null) say.accept("wove " + type + ": " + woven);
    if (counters != null) publish();
  }

  void error(String message) {
    errors.incrementAndGet();
    warning(message);
    synchronized (this) {
      if (counters != null) publish();
    }
  }

  /** Says it, the first time. */
  synchronized void warning(String message) {
    if (warned.size() < 1000 && warned.add(message)) say.accept(message);
  }

  /** Says the one line: after a while, or as the application leaves. */
  private final class Summary extends Thread {
    private final boolean late;

    Summary(boolean late) {
      super(late ? "zibrato-weave-report" : "zibrato-weave-summary");
      this.late = late;
    }

    @Override
    public void run() {
      try {
        if (late) TimeUnit.SECONDS.sleep(summarySeconds);
        summarise(late);
      } catch (InterruptedException e) {
        interrupt();
      }
    }
  }

  private synchronized void summarise(boolean late) {
    if (summarised) return;
    summarised = true;
    say.accept("wove " + sites + " sites in " + classes + " classes, " + errors + " errors");
    for (ConfiguredAspect aspect : unmatched.values()) {
      String when = late ? "within " + summarySeconds + " s" : "so far";
      say.accept(
          "WARNING: " + aspect.key() + " matched nothing " + when + ": " + aspect.pointcut());
    }
  }

  private void publishFirst() {
    Counters made = new Counters(Zibrato.shared());
    synchronized (this) {
      counters = made;
      publish();
    }
  }

  private synchronized void publish() {
    counters.sites.increment(sites.get() - counters.sites.sum());
    counters.classes.increment(classes.get() - counters.classes.sum());
    counters.errors.increment(errors.get() - counters.errors.sum());
  }

  private static final class Counters {
    final Counter sites;
    final Counter classes;
    final Counter errors;

    Counters(Zibrato zibrato) {
      sites = zibrato.counter("zibrato", "zibrato.weave.sites");
      classes = zibrato.counter("zibrato", "zibrato.weave.classes");
      errors = zibrato.counter("zibrato", "zibrato.weave.errors");
    }
  }
}
