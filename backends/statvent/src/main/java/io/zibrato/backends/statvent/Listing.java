package io.zibrato.backends.statvent;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What one pipe told.
 *
 * @param ours whether it is written in the form of {@code io.zibrato.statvent.Group}
 * @param complete whether it has its last line, if it is ours
 * @param skipped lines that are none of {@code name: number}
 */
record Listing(boolean ours, boolean complete, List<Told> told, int skipped) {
  /** Whether not a line was read. */
  boolean isEmpty() {
    return !ours && told.isEmpty() && skipped == 0;
  }

  /** All names there are lines of. */
  Set<String> names() {
    Set<String> names = new HashSet<>();
    for (Told each : told) names.addAll(each.lines().keySet());
    return names;
  }

  /** All numbers by name; those of the same name are added up, as statvent does. */
  Map<String, Number> lines() {
    Map<String, Number> lines = new TreeMap<>();
    for (Told each : told) {
      each.lines().forEach((name, value) -> lines.merge(name, value, Numbers::sum));
    }
    return lines;
  }
}
