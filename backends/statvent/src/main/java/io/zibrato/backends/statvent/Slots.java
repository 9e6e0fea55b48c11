package io.zibrato.backends.statvent;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Small numbers for processes, from 1, each the smallest that is free: so few that they can be
 * tags, where ids of processes would make ever new series. For one thread.
 */
final class Slots {
  private final Map<String, Integer> slots = new HashMap<>();
  private final BitSet taken = new BitSet();

  Slots() {
    taken.set(0);
  }

  int of(String process) {
    return slots.computeIfAbsent(
        process,
        each -> {
          int free = taken.nextClearBit(0);
          taken.set(free);
          return free;
        });
  }

  /** Frees the numbers of all others. */
  void keep(Predicate<String> processes) {
    slots
        .entrySet()
        .removeIf(
            each -> {
              if (processes.test(each.getKey())) return false;
              taken.clear(each.getValue());
              return true;
            });
  }
}
