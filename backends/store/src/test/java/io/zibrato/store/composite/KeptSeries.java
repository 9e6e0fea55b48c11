package io.zibrato.store.composite;

import io.zibrato.store.data.Wildcard;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Series in memory; their points have one period, which nothing asks otherwise. */
final class KeptSeries implements SeriesSource {
  static final long PERIOD = 60;

  final List<Series> series = new ArrayList<>();
  final List<SeriesQuery> asked = new ArrayList<>();

  /** A gauge of one source: a value at 0, 60, 120 and so on; NaN where none was measured. */
  KeptSeries gauge(String metric, String source, double... values) {
    return add(metric, false, Map.of("source", source), PERIOD, values);
  }

  KeptSeries counter(String metric, String source, double... values) {
    return add(metric, true, Map.of("source", source), PERIOD, values);
  }

  KeptSeries tagged(String metric, Map<String, String> tags, double... values) {
    return add(metric, false, tags, PERIOD, values);
  }

  KeptSeries add(
      String metric, boolean counter, Map<String, String> tags, long period, double... values) {
    final Series.Points points = new Series.Points(values.length);
    for (int i = 0; i < values.length; i++) {
      points.add(i * period, values[i]);
    }
    final Series all = points.series(null, period);
    series.add(Series.measured(metric, counter, tags, period, all.times(), all.values()));
    return this;
  }

  @Override
  public List<Series> read(SeriesQuery query) {
    asked.add(query);
    return series.stream().filter(s -> matches(query, s)).map(s -> cut(s, query.window())).toList();
  }

  private static boolean matches(SeriesQuery query, Series series) {
    return Wildcard.matches(query.metric(), series.label().metric())
        && query.tagPatterns().entrySet().stream().allMatch(pattern -> matches(pattern, series));
  }

  private static boolean matches(Map.Entry<String, String> pattern, Series series) {
    final String none = pattern.getKey().equals("source") ? "unassigned" : null;
    final String value = series.label().tags().getOrDefault(pattern.getKey(), none);
    return value != null && Wildcard.matches(pattern.getValue(), value);
  }

  private static Series cut(Series series, Window window) {
    final int[] kept =
        IntStream.range(0, series.size())
            .filter(i -> series.times()[i] + series.periodSeconds() > window.startTime())
            .filter(i -> series.times()[i] <= window.endTime())
            .toArray();
    return series.with(
        Arrays.stream(kept).mapToLong(i -> series.times()[i]).toArray(),
        Arrays.stream(kept).mapToDouble(i -> series.values()[i]).toArray());
  }

  List<Series> evaluate(String composite) throws Exception {
    return evaluate(composite, new Window(0, 10 * PERIOD - 1, PERIOD));
  }

  List<Series> evaluate(String composite, Window window) throws Exception {
    return Composite.parse(composite).evaluate(this, window);
  }

  /** Each as {@code tags: time=value ...}. */
  List<String> texts(String composite) throws Exception {
    return evaluate(composite).stream().map(KeptSeries::text).toList();
  }

  static String text(Series series) {
    final StringBuilder text = new StringBuilder(series.label().tags().toString()).append(':');
    for (int i = 0; i < series.size(); i++) {
      text.append(' ').append(series.times()[i]).append('=').append(series.values()[i]);
    }
    return text.toString().replace(".0 ", " ").replaceAll("\\.0$", "");
  }
}
