package io.zibrato.librato;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;

/**
 * The series that answer one question.
 *
 * @param name of the metric; null for a composite
 * @param compose the composite; null for a metric, and if not told
 * @param resolutionSeconds the distance of the samples; null if not told
 * @param next where the rest is, for {@link Measurements#next}; null if this is all
 */
public record SeriesSet(
    String name, String compose, Long resolutionSeconds, List<Series> series, String next) {

  /** As objects with {@code series} or {@code measurements}, or as an array of series alone. */
  static SeriesSet read(JsonElement element) {
    if (element instanceof JsonArray array) {
      return new SeriesSet(null, null, null, Json.list(array, Series::read), null);
    }
    JsonObject json = element.getAsJsonObject();
    return new SeriesSet(
        Json.text(json, "name"),
        Json.text(json, "compose"),
        Json.whole(json, "resolution"),
        Json.list(json, json.has("series") ? "series" : "measurements", Series::read),
        next(json));
  }

  private static String next(JsonObject json) {
    for (Link link : Json.list(json, "links", Link::read)) {
      if ("next".equals(link.rel())) return link.href();
    }
    return null;
  }
}
