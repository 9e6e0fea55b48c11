package io.zibrato.backends;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.Map;

/**
 * How a worker stands.
 *
 * @param reads its reading thread goes round
 * @param connected the service was there, and took our credentials
 * @param troubled the last try to connect or to deliver failed
 * @param lastProblem null if there was none
 */
record WorkerHealth(
    long uptimeNanos,
    boolean reads,
    boolean connected,
    boolean troubled,
    Deliverer.Problem lastProblem,
    SelfReport.Standing standing,
    WorkerStats stats) {
  static final String OK = "ok";

  static WorkerHealth of(
      long uptimeNanos,
      boolean reads,
      Deliverer deliverer,
      SelfReport.Standing standing,
      WorkerStats stats) {
    return new WorkerHealth(
        uptimeNanos,
        reads,
        deliverer.connected(),
        deliverer.troubled(),
        deliverer.lastProblem(),
        standing,
        stats);
  }

  /** In one word. */
  String status() {
    if (!reads) return "stalled";
    if (!connected) return "connecting";
    return troubled ? "failing" : OK;
  }

  /** For {@code --health-port}. */
  String json() {
    JsonObject json = new JsonObject();
    json.addProperty("status", status());
    json.addProperty("uptime_seconds", Math.round(uptimeNanos / 1e6) / 1000.0);
    json.addProperty("lag_seconds", standing.oldestSeconds());
    json.addProperty("spool_bytes", standing.spoolBytes());
    json.addProperty("instances", standing.instances());
    json.addProperty("series", standing.series());
    json.add("last_error", lastError());
    json.addProperty("messages", stats.messages());
    json.addProperty("booked", stats.booked());
    json.addProperty("merged", stats.merged());
    json.addProperty("left_out", stats.leftOut());
    json.addProperty("open", stats.open());
    json.addProperty("found", stats.found());
    json.addProperty("closed", stats.closed());
    json.addProperty("delivered", stats.delivered());
    json.addProperty("held", stats.held());
    json.addProperty("refused", stats.refused());
    json.addProperty("retries", stats.retries());
    json.addProperty("ambiguous_retries", stats.ambiguousRetries());
    json.addProperty("resyncs", stats.resyncs());
    json.addProperty("reconnects", stats.reconnects());
    json.addProperty("vanished", stats.vanished());
    json.add("lost", byCause(stats.lost()));
    json.add("lost_by_applications", byCause(stats.lostByApplications()));
    return json + "\n";
  }

  private JsonElement lastError() {
    if (lastProblem == null) return JsonNull.INSTANCE;
    JsonObject json = new JsonObject();
    json.addProperty("time", Instant.ofEpochMilli(lastProblem.epochMillis()).toString());
    json.addProperty("message", lastProblem.reason());
    return json;
  }

  private static JsonObject byCause(Map<String, Long> counts) {
    JsonObject json = new JsonObject();
    counts.forEach(json::addProperty);
    return json;
  }
}
