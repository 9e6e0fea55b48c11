package io.zibrato.store.metrics;

import com.google.gson.stream.JsonWriter;
import io.zibrato.store.composite.Selector;
import io.zibrato.store.composite.Series;
import io.zibrato.store.http.Numbers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** What {@code ?compose=} is answered with, in the older form by source or the newer by tags. */
final class ComposeAnswer {
  private static final String UNASSIGNED = "unassigned";

  /** The source of what was summarised over sources, as elsewhere in the API. */
  private static final String ALL = "all";

  private final StoredSeries stored;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final Writer text = new OutputStreamWriter(bytes, StandardCharsets.UTF_8);
  private final JsonWriter json = new JsonWriter(text);

  private ComposeAnswer(StoredSeries stored) {
    this.stored = stored;
  }

  /** The name under which a series stands among sources. */
  static String source(Series series) {
    final String source = series.label().tags().get("source");
    return source != null ? source : series.label().combined() ? ALL : UNASSIGNED;
  }

  static byte[] bySource(
      StoredSeries stored, String compose, long resolutionSeconds, List<Series> set) {
    final ComposeAnswer answer = new ComposeAnswer(stored);
    try {
      answer.bySource(compose, resolutionSeconds, set);
      answer.text.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return answer.bytes.toByteArray();
  }

  static byte[] byTags(StoredSeries stored, List<Series> set) {
    final ComposeAnswer answer = new ComposeAnswer(stored);
    try {
      answer.byTags(set);
      answer.text.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return answer.bytes.toByteArray();
  }

  private void bySource(String compose, long resolutionSeconds, List<Series> set)
      throws IOException {
    json.beginObject();
    json.name("compose").value(compose);
    json.name("measurements").beginArray();
    for (final Series series : set) {
      json.beginObject();
      metric(series);
      query(series.label().selector());
      json.name("series");
      points(series, "measure_time");
      json.name("source").beginObject();
      json.name("display_name").nullValue();
      json.name("name").value(source(series));
      json.endObject();
      json.endObject();
    }
    json.endArray();
    json.name("resolution").value(resolutionSeconds);
    json.endObject();
  }

  private void byTags(List<Series> set) throws IOException {
    json.beginArray();
    for (final Series series : set) {
      json.beginObject();
      tags(series.label().tags());
      json.name("measurements");
      points(series, "time");
      metric(series);
      json.endObject();
    }
    json.endArray();
  }

  private void metric(Series series) throws IOException {
    final String name = series.label().metric();
    json.name("metric");
    if (name == null) {
      json.nullValue();
    } else {
      json.jsonValue(stored.metric(name).json().toString());
    }
    json.name("period").value(series.periodSeconds());
  }

  private void query(Selector selector) throws IOException {
    json.name("query");
    if (selector == null) {
      json.nullValue();
      return;
    }
    json.beginObject();
    json.name("metric").value(selector.metric());
    if (selector.source() == null) {
      tags(selector.tags());
    } else {
      json.name("source").value(selector.source());
    }
    json.endObject();
  }

  private void tags(Map<String, String> tags) throws IOException {
    json.name("tags").beginObject();
    for (final Map.Entry<String, String> tag : tags.entrySet()) {
      json.name(tag.getKey()).value(tag.getValue());
    }
    json.endObject();
  }

  private void points(Series series, String time) throws IOException {
    json.beginArray();
    for (int i = 0; i < series.times().length; i++) {
      json.beginObject();
      json.name(time).value(series.times()[i]);
      json.name("value").value(Numbers.json(Numbers.wholeOr(series.values()[i])).getAsNumber());
      json.endObject();
    }
    json.endArray();
  }
}
