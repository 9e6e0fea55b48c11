package io.zibrato.backends.statvent;

import com.google.gson.JsonObject;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;

/** The bodies of the service's answers; backends/statvent/README.md describes them. */
final class Json {
  private Json() {}

  /** All processes, put together. */
  static JsonObject of(Collector.Round round, BigDecimal epochSeconds) {
    Merged merged = Merged.of(round.listings());
    JsonObject json = new JsonObject();
    json.add("stats", numbers(merged.stats()));
    json.addProperty("timestamp", epochSeconds);
    JsonObject apart = new JsonObject();
    merged.apart().forEach((name, each) -> apart.add(name, apart(each)));
    json.add("per_process", apart);
    JsonObject processes = new JsonObject();
    round.answers().forEach((process, answer) -> processes.add(process, process(answer)));
    json.add("processes", processes);
    return json;
  }

  /** One process. */
  static JsonObject of(String process, Answer answer, BigDecimal epochSeconds) {
    JsonObject json = new JsonObject();
    answer.listing().ifPresent(listing -> json.add("stats", numbers(listing.lines())));
    json.addProperty("timestamp", epochSeconds);
    json.add("process", process(answer));
    json.getAsJsonObject("process").addProperty("id", process);
    return json;
  }

  static JsonObject message(String message, String path) {
    JsonObject json = new JsonObject();
    json.addProperty("message", message);
    json.addProperty("path", path);
    return json;
  }

  private static JsonObject apart(Merged.Apart apart) {
    JsonObject json = new JsonObject();
    json.addProperty("reason", apart.reason());
    json.add("processes", numbers(apart.processes()));
    return json;
  }

  private static JsonObject process(Answer answer) {
    JsonObject json = new JsonObject();
    json.addProperty("state", answer.state().name().toLowerCase(Locale.ROOT));
    if (!answer.detail().isEmpty()) json.addProperty("detail", answer.detail());
    answer
        .listing()
        .ifPresent(
            listing -> {
              json.addProperty("form", listing.ours() ? "zibrato" : "statvent");
              if (listing.skipped() > 0) json.addProperty("skipped_lines", listing.skipped());
            });
    return json;
  }

  private static JsonObject numbers(Map<String, Number> numbers) {
    JsonObject json = new JsonObject();
    numbers.forEach(
        (name, value) -> {
          // JSON has no others.
          boolean has = !(value instanceof Double) || Double.isFinite(value.doubleValue());
          if (has) json.addProperty(name, value);
        });
    return json;
  }
}
