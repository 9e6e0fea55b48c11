package io.zibrato.store.resources.alerts;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.zibrato.store.http.Numbers;
import java.util.List;

/** What a webhook is told, as the API documents it. */
final class Payload {
  private static final int MAX_VIOLATIONS = 100;

  private Payload() {}

  static JsonObject triggered(
      Alert alert,
      String incident,
      String account,
      long nowSeconds,
      List<Condition> conditions,
      List<Signal.Violation> violations) {
    final JsonObject payload = payload(alert, incident, account, nowSeconds);
    final JsonArray array = new JsonArray();
    for (final Condition condition : conditions) {
      final JsonObject json = new JsonObject();
      json.addProperty("id", condition.id());
      for (final String member : List.of("type", "threshold", "duration")) {
        if (condition.definition().has(member)) {
          json.add(member, condition.definition().get(member));
        }
      }
      array.add(json);
    }
    payload.add("conditions", array);
    payload.add("violations", violations(violations));
    return payload;
  }

  static JsonObject cleared(Alert alert, String account, long nowSeconds) {
    final JsonObject payload = payload(alert, alert.standing().incident(), account, nowSeconds);
    payload.addProperty("clear", "normal");
    return payload;
  }

  private static JsonObject payload(Alert alert, String incident, String account, long nowSeconds) {
    final JsonObject of = new JsonObject();
    of.addProperty("id", alert.id());
    of.addProperty("name", alert.name());
    final boolean runbook = alert.attributes().has("runbook_url");
    of.addProperty(
        "runbook_url", runbook ? alert.attributes().get("runbook_url").getAsString() : "");
    of.addProperty("version", Alert.VERSION);
    final JsonObject payload = new JsonObject();
    payload.add("alert", of);
    payload.addProperty("incident_key", incident);
    payload.addProperty("account", account);
    payload.addProperty("trigger_time", nowSeconds);
    return payload;
  }

  /** By streams, up to {@value #MAX_VIOLATIONS} of them all. */
  static JsonObject violations(List<Signal.Violation> violations) {
    final JsonObject byStream = new JsonObject();
    for (final Signal.Violation each :
        violations.subList(0, Math.min(violations.size(), MAX_VIOLATIONS))) {
      if (!byStream.has(each.stream())) {
        byStream.add(each.stream(), new JsonArray());
      }
      byStream.getAsJsonArray(each.stream()).add(json(each));
    }
    return byStream;
  }

  private static JsonObject json(Signal.Violation violation) {
    final JsonObject json = new JsonObject();
    json.addProperty("metric", violation.metric());
    json.add("value", violation.value() == null ? null : Numbers.json(violation.value()));
    json.addProperty("recorded_at", violation.recordedAt());
    json.addProperty("condition_violated", violation.conditionId());
    if (violation.began() != null) {
      json.addProperty("count", violation.count());
      json.addProperty("begin", violation.began());
      json.addProperty("end", violation.recordedAt());
    }
    return json;
  }
}
