package io.zibrato.samples.demo;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** Reads the store by its API, as any client of Librato's does. */
final class StoreClient {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
  private final String url;

  StoreClient(String url) {
    this.url = url;
  }

  String page(String metric) {
    return url + "/#metric=" + metric;
  }

  /** The names of all metrics. */
  List<String> metrics() throws IOException, InterruptedException {
    List<String> names = new ArrayList<>();
    for (long found = Long.MAX_VALUE; names.size() < found; ) {
      JsonObject page = get("/v1/metrics?offset=" + names.size());
      JsonArray metrics = page.getAsJsonArray("metrics");
      if (metrics.isEmpty()) break;
      for (JsonElement metric : metrics) names.add(metric.getAsJsonObject().get("name").getAsString());
      found = page.getAsJsonObject("query").get("found").getAsLong();
    }
    return names;
  }

  /**
   * What is held of a metric by source, since a time; empty if there is no such metric.
   *
   * @param resolutionSeconds buckets to read it in; the first is read whole
   */
  Map<String, Held> held(String metric, long startSeconds, int resolutionSeconds)
      throws IOException, InterruptedException {
    Map<String, Held> held = new TreeMap<>();
    long from = startSeconds;
    while (true) {
      JsonObject page =
          get(path(metric) + "?resolution=" + resolutionSeconds + "&start_time=" + from);
      if (page == null) return held;
      page.getAsJsonObject("measurements")
          .entrySet()
          .forEach(e -> held.merge(e.getKey(), sum(e.getValue().getAsJsonArray()), Held::plus));
      if (!page.has("query")) return held;
      from = page.getAsJsonObject("query").get("next_time").getAsLong();
    }
  }

  private static Held sum(JsonArray measurements) {
    Held sum = Held.NONE;
    for (JsonElement element : measurements) {
      JsonObject measurement = element.getAsJsonObject();
      long count = measurement.get("count").getAsLong();
      sum = sum.plus(new Held(count, measurement.get("sum").getAsBigDecimal()));
    }
    return sum;
  }

  /** The last value of a metric and source. */
  OptionalDouble last(String metric, String source) throws IOException, InterruptedException {
    JsonObject page = get(path(metric) + "?count=1&source=" + encode(source));
    JsonArray values =
        page == null ? null : page.getAsJsonObject("measurements").getAsJsonArray(source);
    if (values == null || values.isEmpty()) return OptionalDouble.empty();
    return OptionalDouble.of(values.get(0).getAsJsonObject().get("value").getAsDouble());
  }

  private static String path(String metric) {
    return "/v1/metrics/" + encode(metric);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** Null if there is no such thing. */
  private JsonObject get(String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url + path)).timeout(TIMEOUT).build();
    HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() == 404) return null;
    if (response.statusCode() != 200) {
      throw new IOException(
          "the store answered " + response.statusCode() + " to " + path + ": " + response.body());
    }
    try {
      return JsonParser.parseString(response.body()).getAsJsonObject();
    } catch (JsonParseException e) {
      throw new IOException("the store's answer to " + path + " is no JSON: " + response.body(), e);
    }
  }
}
