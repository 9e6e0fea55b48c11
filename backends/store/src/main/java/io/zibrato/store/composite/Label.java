package io.zibrato.store.composite;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a series is of.
 *
 * @param metric null for what was computed from several metrics
 * @param combined whether it was computed from a set of series, as {@code sum()} does
 * @param counter whether each value is what a counter stood at
 * @param selector null for what was computed from what several calls took
 * @param tags in the order of their names
 * @param pinned those of the tags that the composite itself fixes, whatever series there are: by a
 *     pattern without wildcards, or by {@code group_by()} and {@code map()}
 */
public record Label(
    String metric,
    boolean counter,
    boolean combined,
    Selector selector,
    Map<String, String> tags,
    Map<String, String> pinned) {

  /**
   * The label of one series computed from several. It has the tags that all of them are pinned to:
   * then it does not change when a further series begins to be measured.
   */
  static Label common(List<Label> labels) {
    final Label first = labels.get(0);
    final Set<String> metrics = new HashSet<>();
    final Set<Selector> selectors = new HashSet<>();
    final Map<String, String> pinned = new TreeMap<>(first.pinned);
    for (final Label label : labels) {
      metrics.add(label.metric);
      selectors.add(label.selector);
      pinned.entrySet().retainAll(label.pinned.entrySet());
    }
    return new Label(
        metrics.size() == 1 ? first.metric : null,
        false,
        true,
        selectors.size() == 1 ? first.selector : null,
        pinned,
        pinned);
  }

  Label computed() {
    return new Label(metric, false, combined, selector, tags, pinned);
  }

  Label pinned(Selector by, Map<String, String> fixed) {
    return new Label(metric, counter, combined, by, tags, fixed);
  }
}
