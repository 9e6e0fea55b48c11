package io.zibrato.store.metrics;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.zibrato.store.http.ApiError;
import io.zibrato.store.http.Parameters;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The metrics that a request's {@code names} names: a list of names, or a pattern. */
final class MetricNames {
  private final JsonElement names;

  private MetricNames(JsonElement names) {
    this.names = names;
  }

  static MetricNames of(JsonObject body) throws ApiError {
    final JsonElement names = body.get("names");
    if (names == null || names.isJsonNull() || empty(names)) {
      throw ApiError.param("names", Parameters.NOT_PRESENT);
    }
    if (names.isJsonArray()) {
      for (final JsonElement name : names.getAsJsonArray()) {
        if (!name.isJsonPrimitive()) {
          throw ApiError.param("names", "has a name that is not valid");
        }
      }
    } else if (!names.isJsonPrimitive()) {
      throw ApiError.param("names", "is neither an array nor a pattern");
    }
    return new MetricNames(names);
  }

  private static boolean empty(JsonElement names) {
    return names.isJsonArray()
        ? names.getAsJsonArray().isEmpty()
        : names.isJsonPrimitive() && names.getAsString().isEmpty();
  }

  /** Those there are, each once. In a list {@code *} is no pattern. */
  List<Metric> find(Tables tables) throws SQLException {
    if (names.isJsonPrimitive()) {
      return tables.matching(names.getAsString());
    }
    final Map<Long, Metric> found = new LinkedHashMap<>();
    for (final JsonElement name : names.getAsJsonArray()) {
      final Metric metric = tables.metric(name.getAsString());
      if (metric != null) {
        found.put(metric.id(), metric);
      }
    }
    return List.copyOf(found.values());
  }
}
