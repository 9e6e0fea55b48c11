package io.zibrato.store.composite;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code series("metric", "source", {function: "sum", period: "60"})}.
 *
 * @param function null where the call has none
 * @param periodSeconds null where the call has none
 */
record Read(Selector selector, String function, Long periodSeconds) implements Node {
  /** Stands for the value that {@code map()} is at. */
  static final String MAPPED = "&";

  private static final String ANY = "*";
  private static final String SOURCE = "source";
  private static final String NO_SOURCE = "unassigned";

  /** A dashboard of Librato's put the source in that it was opened for; here it is any. */
  private static final String DYNAMIC = "%";

  /** Whether it says {@link #MAPPED} anywhere. */
  boolean mapped() {
    return MAPPED.equals(selector.metric()) || patterns().containsValue(MAPPED);
  }

  /** The series' value for what is {@link #MAPPED}; there is exactly one such. */
  String mappedValue(Series series) {
    if (MAPPED.equals(selector.metric())) {
      return series.label().metric();
    }
    return patterns().entrySet().stream()
        .filter(pattern -> pattern.getValue().equals(MAPPED))
        .map(pattern -> value(series, pattern.getKey()))
        .findFirst()
        .orElseThrow();
  }

  @Override
  public List<Series> evaluate(Evaluation evaluation, Scope scope)
      throws CompositeException, SQLException {
    final List<Series> taken = new ArrayList<>();
    collect(evaluation, scope, (read, series) -> taken.add(series.with(label(series, scope))));
    return taken;
  }

  @Override
  public void collect(Evaluation evaluation, Scope scope, Collector collector)
      throws CompositeException, SQLException {
    final Scope all = scope.mapped(scope.pattern(), null);
    final SeriesQuery query =
        new SeriesQuery(
            all.resolved(selector.metric()),
            tagPatterns(all),
            function,
            periodSeconds,
            scope.window());
    for (final Series series : evaluation.read(query)) {
      if (takes(series, scope)) {
        collector.add(this, series);
      }
    }
  }

  private boolean takes(Series series, Scope scope) {
    final boolean grouped = series.label().tags().entrySet().containsAll(scope.group().entrySet());
    return grouped
        && (scope.value() == null || !mapped() || mappedValue(series).equals(scope.value()));
  }

  private static String value(Series series, String tag) {
    final String value = series.label().tags().get(tag);
    return value == null && tag.equals(SOURCE) ? NO_SOURCE : String.valueOf(value);
  }

  private Label label(Series series, Scope scope) {
    final Map<String, String> patterns = tagPatterns(scope);
    final Map<String, String> pinned = new TreeMap<>(series.label().tags());
    pinned
        .keySet()
        .removeIf(
            tag ->
                !scope.group().containsKey(tag) && patterns.getOrDefault(tag, ANY).contains(ANY));
    final Map<String, String> tags = new HashMap<>(selector.tags());
    tags.replaceAll((tag, pattern) -> scope.resolved(pattern));
    final Selector resolved =
        new Selector(
            scope.resolved(selector.metric()),
            selector.source() == null ? null : scope.resolved(selector.source()),
            tags);
    return series.label().pinned(resolved, pinned);
  }

  private Map<String, String> tagPatterns(Scope scope) {
    final Map<String, String> patterns = new TreeMap<>();
    patterns()
        .forEach(
            (tag, pattern) -> {
              final String resolved = scope.resolved(pattern);
              patterns.put(tag, resolved.equals(DYNAMIC) ? ANY : resolved);
            });
    return patterns;
  }

  /** What is written of tags; a source is a tag. */
  private Map<String, String> patterns() {
    return selector.source() == null ? selector.tags() : Map.of(SOURCE, selector.source());
  }
}
