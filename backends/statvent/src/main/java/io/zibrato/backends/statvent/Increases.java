package io.zibrato.backends.statvent;

import io.zibrato.statvent.Group;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
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
 *       when that was first read.
 *   <li>A whole number that fell, within the life of one process, is none that only rises: its name
 *       is a gauge from then on.
 *   <li>What was recorded by {@code set}, floats, and names that {@code gauges} has, are gauges:
 *       the sum over all processes that are there.
 *   <li>Percentiles and means are gauges: merged, where the processes tell their values; else each
 *       process's, with the tag {@code process}.
 *   <li>Meters of ours are left out, since their processes publish them.
 * </ul>
 *
 * <p>Two processes of one id are told apart by when they began.
 */
final class Increases {
  /** Takes what is told. */
  interface Sink {
    void count(String name, long increase);

    void gauge(String name, double value);

    void gauge(String name, String process, double value);
  }

  private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);

  private final Instant begin;
  private final Function<String, Optional<Instant>> startOf;
  private final Predicate<String> gauges;
  private final Map<String, Process> processes = new HashMap<>();
  private final Set<String> fell = new HashSet<>();
  private Map<String, Optional<Instant>> atFirst; // when they began that had a pipe then

  private static final class Process {
    final Optional<Instant> start;
    final boolean fromZero;
    Map<String, Number> counts = Map.of();
    Listing listing;

    Process(Optional<Instant> start, boolean fromZero) {
      this.start = start;
      this.fromZero = fromZero;
    }
  }

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
    processes.keySet().removeIf(process -> !isThere(round.answers().get(process)));
    round.listings().forEach((process, listing) -> counts(process, listing, sink));
    gauges(sink);
  }

  /** One that does not answer may do so later, and has not lost its numbers. */
  private static boolean isThere(Answer answer) {
    return answer != null
        && answer.state() != Answer.State.GONE
        && answer.state() != Answer.State.REMOVED;
  }

  private void counts(String id, Listing listing, Sink sink) {
    Optional<Instant> start = startOf.apply(id);
    Process process = processes.get(id);
    boolean known = process != null && process.start.equals(start);
    if (!known) {
      boolean older = start.equals(atFirst.get(id)) || start.map(begin::isAfter).orElse(false);
      process = new Process(start, !older);
      processes.put(id, process);
    }
    Map<String, Number> counts = new HashMap<>();
    for (Told told : listing.told()) {
      if (told instanceof Told.Plain plain && isCount(plain)) {
        counts.merge(plain.name(), plain.value(), Numbers::sum);
      }
    }
    for (Map.Entry<String, Number> count : counts.entrySet()) {
      Number before = process.counts.get(count.getKey());
      if (before == null) before = known || process.fromZero ? (Number) 0L : count.getValue();
      rise(count.getKey(), Numbers.difference(count.getValue(), before), sink);
    }
    process.counts = counts;
    process.listing = listing;
  }

  private void rise(String name, BigInteger rise, Sink sink) {
    if (rise.signum() < 0) fell.add(name);
    else if (rise.signum() > 0) sink.count(name, rise.min(MOST).longValue());
  }

  private boolean isCount(Told.Plain plain) {
    if (!Numbers.isWhole(plain.value()) || isOfMeters(plain)) return false;
    boolean set = plain.group().isPresent() && plain.group().get() == Group.SET;
    return !set && !fell.contains(plain.name()) && !gauges.test(plain.name());
  }

  private static boolean isOfMeters(Told.Plain plain) {
    if (plain.group().isEmpty()) return false;
    return switch (plain.group().get()) {
      case COUNTER, GAUGE -> true;
      case LOST -> !plain.name().startsWith("zibrato.statvent.");
      default -> false;
    };
  }

  private void gauges(Sink sink) {
    Map<String, Number> sums = new TreeMap<>();
    Map<String, Listing> calculated = new TreeMap<>();
    processes.forEach(
        (id, process) -> {
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
    sums.forEach((name, value) -> sink.gauge(name, value.doubleValue()));
    Merged merged = Merged.of(calculated);
    merged.stats().forEach((name, value) -> sink.gauge(name, value.doubleValue()));
    merged
        .apart()
        .forEach(
            (name, apart) ->
                apart
                    .processes()
                    .forEach((id, value) -> sink.gauge(name, id, value.doubleValue())));
  }
}
