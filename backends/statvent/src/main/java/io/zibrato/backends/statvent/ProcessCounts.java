package io.zibrato.backends.statvent;

import java.math.BigInteger;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/** One process, and where each of its counts stood when it was last read. For one thread. */
final class ProcessCounts {
  /*
   * A listing of others' has no last line that shows whether it is whole: another reader may have had the first ones, or parts of them. So what such a process tells first is all it has
   * only once it told the same names twice in a row.
   */
  private static final int MOST_UNTOLD = 100_000;

  final Optional<Instant> start;
  private final boolean fromZero;
  private final Map<String, Number> stood = new HashMap<>();
  private Set<String> lower = Set.of(); // in the last listing
  private boolean settled;
  Listing listing; // the last one
  boolean there = true;
  boolean wasAway; // since it was last heard

  /**
   * @param start when the process began, if that can be known
   * @param fromZero whether all that it counted is to be told
   */
  ProcessCounts(Optional<Instant> start, boolean fromZero) {
    this.start = start;
    this.fromZero = fromZero;
    this.settled = fromZero;
  }

  /** Whether each count of both is lower there, and there is one. */
  boolean isBelow(Map<String, Number> told) {
    Set<String> both = new HashSet<>(told.keySet());
    both.retainAll(stood.keySet());
    return !both.isEmpty()
        && both.stream()
            .allMatch(name -> Numbers.difference(told.get(name), stood.get(name)).signum() < 0);
  }

  /**
   * Takes the next listing.
   *
   * @param counts of it
   * @param set whole numbers of it that are no counts until something is added to them
   * @param rises takes by how much a count rose
   * @return counts that were lower than before in this listing and the one before
   */
  Set<String> take(
      Listing next,
      Map<String, Number> counts,
      Map<String, Number> set,
      BiConsumer<String, BigInteger> rises) {
    Set<String> lower = new HashSet<>();
    counts.forEach(
        (name, count) -> {
          Number before = stood.get(name);
          if (before == null) before = settled ? (Number) 0L : count;
          BigInteger rise = Numbers.difference(count, before);
          if (rise.signum() > 0) rises.accept(name, rise);
          if (rise.signum() < 0) lower.add(name);
          else stood.put(name, count);
        });
    stood.putAll(set);
    if (stood.size() > counts.size() + set.size() + MOST_UNTOLD) {
      stood.keySet().removeIf(name -> !counts.containsKey(name) && !set.containsKey(name));
    }
    if (!settled)
      settled = next.ours() || (listing != null && next.names().equals(listing.names()));
    listing = next;
    Set<String> twice = new HashSet<>(lower);
    twice.retainAll(this.lower);
    this.lower = lower;
    return twice;
  }
}
