package io.zibrato.backends;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.zibrato.meter.Buckets;
import io.zibrato.meter.Histogram;

/**
 * Snapshots as JSON, one a line, for programs that are none of ours:
 *
 * <pre>
 * {"id": "7f...",                      // tells this snapshot from all others, the same if it comes again
 *  "start": 1700000000000,             // epoch milliseconds
 *  "end": 1700000060000,
 *  "counters": [{"name": "shop.orders", "source": "web-1", "tags": {"kind": "gift"}, "sum": 12}],
 *  "timers": [{"name": "shop.pay", "source": "web-1", "tags": {},
 *              "count": 70,            // all calls
 *              "timed": 70,            // those that were timed: fewer where calls are sampled; the rest is of these
 *              "sum_nanos": 812345678, "min_nanos": 1001, "max_nanos": 99000123,
 *              "buckets": [[1024.0, 1069.3, 3]]}],   // above, up to and with (nanoseconds), how many
 *  "gauges": [{"name": "queue", "source": "web-1", "tags": {}, "time": 1700000012345, "value": 3.5}]}
 * </pre>
 *
 * <p>A timer of which nothing was timed has no {@code min_nanos} and {@code max_nanos}. Sums are
 * whole, up to 2^63 - 1; a reader that holds numbers as doubles is exact up to 2^53.
 */
public final class SnapshotJson {
  private SnapshotJson() {}

  /** One line, without its end. It is ASCII: all other characters are escaped. */
  public static String line(Snapshot snapshot) {
    JsonObject json = new JsonObject();
    json.addProperty("id", snapshot.fingerprint());
    json.addProperty("start", snapshot.startMillis());
    json.addProperty("end", snapshot.endMillis());
    JsonArray counters = new JsonArray();
    for (CounterTotal counter : snapshot.counters()) counters.add(counter(counter));
    json.add("counters", counters);
    JsonArray timers = new JsonArray();
    for (TimerTotal timer : snapshot.timers()) timers.add(timer(timer));
    json.add("timers", timers);
    JsonArray gauges = new JsonArray();
    for (GaugeValue gauge : snapshot.gauges()) gauges.add(gauge(gauge));
    json.add("gauges", gauges);
    return ascii(json.toString());
  }

  /** Outside of strings, JSON has none but ASCII; half a surrogate pair has no UTF-8. */
  private static String ascii(String json) {
    StringBuilder ascii = new StringBuilder(json.length() + 16);
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      if (c < 0x7f) ascii.append(c);
      else ascii.append(String.format("\\u%04x", (int) c));
    }
    return ascii.toString();
  }

  private static JsonElement counter(CounterTotal counter) {
    JsonObject json = series(counter.key());
    json.addProperty("sum", counter.sum());
    return json;
  }

  private static JsonElement timer(TimerTotal timer) {
    JsonObject json = series(timer.key());
    json.addProperty("count", timer.count());
    json.addProperty("timed", timer.timed());
    json.addProperty("sum_nanos", timer.sumNanos());
    if (timer.timed() > 0) {
      json.addProperty("min_nanos", timer.leastNanos());
      json.addProperty("max_nanos", timer.mostNanos());
    }
    json.add("buckets", buckets(timer.histogram()));
    return json;
  }

  private static JsonArray buckets(Histogram histogram) {
    JsonArray buckets = new JsonArray();
    for (int i = 0; i < histogram.size(); i++) {
      JsonArray bucket = new JsonArray();
      bucket.add(Buckets.lowerNanos(histogram.index(i)));
      bucket.add(Buckets.upperNanos(histogram.index(i)));
      bucket.add(histogram.count(i));
      buckets.add(bucket);
    }
    return buckets;
  }

  private static JsonElement gauge(GaugeValue gauge) {
    JsonObject json = series(gauge.key());
    json.addProperty("time", gauge.epochMillis());
    json.addProperty("value", gauge.value());
    return json;
  }

  private static JsonObject series(SeriesKey key) {
    JsonObject json = new JsonObject();
    json.addProperty("name", key.name());
    json.addProperty("source", key.source());
    JsonObject tags = new JsonObject();
    key.tags().forEach(tags::addProperty);
    json.add("tags", tags);
    return json;
  }
}
