package io.zibrato.backends.statvent;

import io.zibrato.meter.Series;
import io.zibrato.statvent.Group;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Tells what a round of listings brings beyond the round before: counts by their increase, all else
 * by its value. For one thread.
 *
 * <p>The rule, for what a pipe tells that was not published already:
 *
 * <ul>
 *   <li>A whole number is a count, and what it rose by since the process was last read is added. In
 *       a process that began after this did, it rises from 0; in an older one, from what it was
 *       when it was first read. A name that is new in an older process rises from 0 too, if the
 *       process's listings are ours, or told the same names twice in a row before it came: until
 *       then another reader may have had the lines that it was in.
 *   <li>What was recorded by {@code set} is where later additions to it rise from.
 *   <li>A whole number that was lower than before in two listings in a row, within the life of one
 *       process, is none that only rises: its name is a gauge from then on. Once may be a listing
 *       that came in parts.
 *   <li>What was recorded by {@code set}, names that were floats once, and names that {@code
 *       gauges} has, are gauges: the sum over all processes that are there.
 *   <li>A listing of others' without a number says nothing.
 *   <li>Percentiles and means are gauges: merged, where the processes tell their values; else each
 *       process's, with the tag {@code process}, whose value is a number that the process has to
 *       itself while it lives and, if its begin is known, also while it has no pipe.
 *   <li>Meters of ours are left out, since their processes publish them.
 * </ul>
 *
 * <p>Two processes of one id are told apart by when they began. Until then a process's counts are
 * kept, also while it has no pipe or does not tell some of them. One whose begin cannot be known is
 * another one if it had no pipe, and then tells less of all that it told; of such, the {@value
 * #MOST_ABSENT} that went last are kept.
 */
final class Increases {
  /** Takes what is told. */
  interface Sink {
    void count(String name, long increase);

    void gauge(String name, double value);

    /**
     * @param slot the process's number
     */
    void gauge(String name, int slot, double value);
  }

  static final int MOST_ABSENT = 1000;

  private static final int MOST_NO_COUNTS = 100_000;
  private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);

  private final Instant begin;
  private final Function<String, Optional<Instant>> startOf;
  private final Predicate<String> gauges;
  private final Map<String, ProcessCounts> processes = new LinkedHashMap<>(); // last heard of last
  private final Slots slots = new Slots();
  private final Set<String> noCounts = new LinkedHashSet<>(); // names that told so themselves
  private Map<String, Optional<Instant>> atFirst; // when they began that had a pipe then

  /**
   * @param begin of this
   * @param startOf when a process began, by its id, if that can be known
   * @param gauges names that are gauges, though whole
   */
  Increases(Instant begin, Function<String, Optional<Instant>> startOf, Predicate<String> gauges) {
    this.begin = begin;
    this.startOf = startOf;
    this.gauges = gauges;
  }

  void take(Collector.Round round, Sink sink) {
    if (atFirst == null) {
      atFirst = new HashMap<>();
      for (String process : round.answers().keySet()) atFirst.put(process, startOf.apply(process));
    }
    forget(round);
    floats(round);
    round.listings().forEach((process, listing) -> counts(process, listing, sink));
    gauges(sink);
  }

  private void forget(Collector.Round round) {
    processes
        .entrySet()
        .removeIf(each -> !startOf.apply(each.getKey()).equals(each.getValue().start));
    Set<String> there = new HashSet<>();
    round
        .answers()
        .forEach(
            (id, answer) -> {
              if (isThere(answer)) there.add(id);
            });
    long absent = 0;
    for (Map.Entry<String, ProcessCounts> each : processes.entrySet()) {
      each.getValue().there = there.contains(each.getKey());
      if (each.getValue().there) continue;
      each.getValue().wasAway = true;
      absent++;
    }
    Iterator<ProcessCounts> oldest = processes.values().iterator();
    while (absent > MOST_ABSENT) {
      if (oldest.next().there) continue;
      oldest.remove();
      absent--;
    }
  }

  /** One that does not answer may do so later, and has not lost its numbers. */
  private static boolean isThere(Answer answer) {
    return answer != null
        && answer.state() != Answer.State.GONE
        && answer.state() != Answer.State.REMOVED;
  }

  private void counts(String id, Listing listing, Sink sink) {
    if (!listing.ours() && listing.told().isEmpty()) return; // another reader had it, or part of it
    Map<String, Number> counts = new HashMap<>();
    Map<String, Number> set = new HashMap<>();
    for (Told told : listing.told()) {
      if (!(told instanceof Told.Plain plain)) continue;
      if (isCount(plain)) counts.merge(plain.name(), plain.value(), Numbers::sum);
      else if (isSet(plain) && Numbers.isWhole(plain.value()) && !isTooLong(plain.name())) {
        set.put(plain.name(), plain.value());
      }
    }
    ProcessCounts process = known(id, counts);
    process.wasAway = false;
    processes.put(id, process);
    process
        .take(listing, counts, set, (name, rise) -> sink.count(name, rise.min(MOST).longValue()))
        .forEach(this::isNoCount);
  }

  /** The process of that id, which is another one if the last one's numbers cannot be its. */
  private ProcessCounts known(String id, Map<String, Number> counts) {
    Optional<Instant> start = startOf.apply(id);
    ProcessCounts process = processes.remove(id);
    if (process == null || !process.start.equals(start)) {
      boolean older = start.equals(atFirst.get(id)) || start.map(begin::isAfter).orElse(false);
      return new ProcessCounts(start, !older);
    }
    boolean another = process.wasAway && start.isEmpty() && process.isBelow(counts);
    return another ? new ProcessCounts(start, true) : process;
  }

  /** Before any process's counts are taken, so that it does not matter which comes first. */
  private void floats(Collector.Round round) {
    for (Listing listing : round.listings().values()) {
      for (Told told : listing.told()) {
        if (told instanceof Told.Plain plain && !Numbers.isWhole(plain.value())) {
          isNoCount(plain.name());
        }
      }
    }
  }

  /** Such cannot be published, which the sink says; nothing is kept of them. */
  private static boolean isTooLong(String name) {
    return name.length() > Series.MAX_TEXT;
  }

  private void isNoCount(String name) {
    if (isTooLong(name)) return;
    if (noCounts.add(name) && noCounts.size() > MOST_NO_COUNTS) {
      noCounts.remove(noCounts.iterator().next());
    }
  }

  private boolean isCount(Told.Plain plain) {
    if (!Numbers.isWhole(plain.value()) || isOfMeters(plain) || isSet(plain)) return false;
    if (isTooLong(plain.name())) return false;
    return !noCounts.contains(plain.name()) && !gauges.test(plain.name());
  }

  private static boolean isSet(Told.Plain plain) {
    return plain.group().isPresent() && plain.group().get() == Group.SET;
  }

  private static boolean isOfMeters(Told.Plain plain) {
    if (plain.group().isEmpty()) return false;
    return switch (plain.group().get()) {
      case COUNTER, GAUGE -> true;
      case LOST -> !plain.name().startsWith("zibrato.statvent.");
      default -> false;
    };
  }

  private boolean hasSlot(String id) {
    ProcessCounts process = processes.get(id);
    return process != null && (process.there || process.start.isPresent());
  }

  private void gauges(Sink sink) {
    slots.keep(this::hasSlot);
    Map<String, Number> sums = new TreeMap<>();
    Map<String, Listing> calculated = new TreeMap<>();
    processes.forEach(
        (id, process) -> {
          if (!process.there) return;
          List<Told> left = new ArrayList<>();
          for (Told told : process.listing.told()) {
            if (told instanceof Told.Plain plain) {
              if (!isCount(plain) && !isOfMeters(plain)) {
                sums.merge(plain.name(), plain.value(), Numbers::sum);
              }
            } else if (!(told instanceof Told.Timer)) {
              left.add(told);
            }
          }
          calculated.put(id, new Listing(true, true, left, 0));
        });
    sums.forEach((name, value) -> sink.gauge(name, Numbers.finite(value.doubleValue())));
    Merged merged = Merged.of(calculated);
    merged.stats().forEach((name, value) -> sink.gauge(name, Numbers.finite(value.doubleValue())));
    merged
        .apart()
        .forEach(
            (name, apart) ->
                apart
                    .processes()
                    .forEach(
                        (id, value) ->
                            sink.gauge(name, slots.of(id), Numbers.finite(value.doubleValue()))));
  }
}
