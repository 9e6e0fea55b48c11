package io.zibrato.librato;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The bodies that carry measurements, and where they go. */
final class Submission {
  private static final Target BY_SOURCE = Target.of("metrics");
  private static final Target BY_TAGS = Target.of("measurements");

  private Submission() {}

  static JsonObject bySource(List<Measurement> measurements, UnaryOperator<String> sanitizer) {
    JsonObject body = new JsonObject();
    for (Measurement each : measurements) {
      array(body, each.counter() ? "counters" : "gauges").add(each.bySource(sanitizer));
    }
    return body;
  }

  static JsonObject byTags(
      List<Measurement> measurements,
      UnaryOperator<String> sanitizer,
      Map<String, String> inherited) {
    JsonObject body = new JsonObject();
    for (Measurement each : measurements) {
      array(body, "measurements").add(each.byTags(sanitizer, inherited));
    }
    return body;
  }

  /** With tags for all of them, which the service merges. */
  static JsonObject byCommonTags(
      List<Measurement> measurements, UnaryOperator<String> sanitizer, Map<String, String> common) {
    JsonObject body = new JsonObject();
    if (!common.isEmpty()) body.add("tags", Json.of(common));
    for (Measurement each : measurements) {
      array(body, "measurements").add(each.byOwnTags(sanitizer));
    }
    return body;
  }

  private static JsonArray array(JsonObject body, String name) {
    if (!body.has(name)) body.add(name, new JsonArray());
    return body.getAsJsonArray(name);
  }

  static void post(Caller caller, JsonObject body, String key) throws IOException {
    if (body.has("measurements")) {
      checkAll(caller.post(BY_TAGS, body, key));
    } else {
      caller.postOnly(BY_SOURCE, body, key);
    }
  }

  /** A service may take some of the tagged measurements, and say so with 202. */
  private static void checkAll(Answer answer) throws IOException {
    if (answer.body().isBlank()) return;
    long failed = Caller.read(answer, Submission::failed);
    if (failed > 0) throw new PartlyAcceptedException(answer, failed);
  }

  private static long failed(JsonElement answer) {
    JsonObject at = answer.getAsJsonObject();
    for (String member : List.of("measurements", "summary")) {
      if (!at.has(member) || !at.get(member).isJsonObject()) return 0;
      at = at.getAsJsonObject(member);
    }
    Long failed = Json.whole(at, "failed");
    return failed == null ? 0 : failed;
  }
}
