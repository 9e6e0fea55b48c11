package io.zibrato.backends.librato;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.zibrato.backends.testing.StubService;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads what was posted as strictly as Librato did. */
final class LibratoReader {
  private static final Set<String> KEYS =
      Set.of("name", "source", "measure_time", "value", "count", "sum", "min", "max");

  private LibratoReader() {}

  /** All measurements that the service took. */
  static List<JsonObject> measurements(StubService service) {
    return measurements(service, 0);
  }

  /** Those of all requests but the first ones. */
  static List<JsonObject> measurements(StubService service, int butRequests) {
    List<JsonObject> all = new ArrayList<>();
    List<StubService.Request> requests = service.requests();
    for (StubService.Request request : requests.subList(butRequests, requests.size())) {
      if (request.method().equals("POST")) all.addAll(measurements(request.body()));
    }
    return all;
  }

  static List<JsonObject> measurements(String body) {
    JsonObject root = JsonParser.parseString(body).getAsJsonObject();
    check(root.keySet().equals(Set.of("gauges")), body);
    List<JsonObject> measurements = new ArrayList<>();
    for (JsonElement element : root.getAsJsonArray("gauges")) {
      measurements.add(checked(element.getAsJsonObject()));
    }
    check(!measurements.isEmpty() && measurements.size() <= 300, body);
    return measurements;
  }

  private static JsonObject checked(JsonObject gauge) {
    check(KEYS.containsAll(gauge.keySet()), gauge);
    check(gauge.get("name").getAsString().matches("[A-Za-z0-9.:_-]{1,255}"), gauge);
    if (gauge.has("source")) {
      check(gauge.get("source").getAsString().matches("[A-Za-z0-9.:_-]{1,255}"), gauge);
    }
    check(gauge.get("measure_time").getAsString().matches("\\d+"), gauge);
    check(gauge.has("value") ^ (gauge.has("count") && gauge.has("sum")), gauge);
    for (String key : Set.of("value", "count", "sum", "min", "max")) {
      if (gauge.has(key)) check(gauge.get(key).toString().matches("-?\\d+(\\.\\d+)?"), gauge);
    }
    return gauge;
  }

  private static void check(boolean holds, Object what) {
    if (!holds) throw new AssertionError("Librato would refuse " + what);
  }
}
