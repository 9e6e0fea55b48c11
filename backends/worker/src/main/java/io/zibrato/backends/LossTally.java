package io.zibrato.backends;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * What was lost, by cause: what this worker lost, and beside it what applications say that they
 * did. The first loss of a cause is logged as a warning. Any thread.
 */
final class LossTally {
  private static final Logger LOG = System.getLogger(LossTally.class.getName());

  /** Causes also come from the wire; those beyond are counted together. */
  private static final int MAX_CAUSES = 200;

  private static final String OTHER = "other";

  private final ConcurrentMap<String, AtomicLong> own = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, AtomicLong> ofApplications = new ConcurrentHashMap<>();

  /**
   * Adds what this worker lost.
   *
   * @param detail for the log; asked for only when it is logged
   */
  void add(String cause, long n, Supplier<String> detail) {
    add(own, cause, n, detail);
  }

  /** Adds what an application says that it lost; the cause may be any text, and one of ours. */
  void addOfApplication(String cause, long n, Supplier<String> detail) {
    add(ofApplications, cause, n, detail);
  }

  private static void add(
      ConcurrentMap<String, AtomicLong> counts, String cause, long n, Supplier<String> detail) {
    String key = counts.containsKey(cause) || counts.size() < MAX_CAUSES ? cause : OTHER;
    boolean first =
        counts.computeIfAbsent(key, unused -> new AtomicLong()).getAndAccumulate(n, Saturating::sum)
                == 0
            && n > 0;
    Level level = first ? Level.WARNING : Level.DEBUG;
    if (LOG.isLoggable(level)) LOG.log(level, "lost {0}, {1}: {2}", n, key, detail.get());
  }

  long count(String cause) {
    AtomicLong count = own.get(cause);
    return count == null ? 0 : count.get();
  }

  /** What this worker lost. */
  Map<String, Long> byCause() {
    return byCause(own);
  }

  /** What applications say that they lost. */
  Map<String, Long> byCauseOfApplications() {
    return byCause(ofApplications);
  }

  private static Map<String, Long> byCause(Map<String, AtomicLong> counts) {
    Map<String, Long> byCause = new TreeMap<>();
    counts.forEach((cause, count) -> byCause.put(cause, count.get()));
    return byCause;
  }
}
