package io.zibrato.librato;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;

/**
 * A chart, as it is or as it is to be. Immutable.
 *
 * @param id null for one that the service has not seen
 * @param type {@code line}, {@code stacked} or {@code bignumber}
 * @param options all else, by the API's names: {@code min}, {@code max}, {@code label}, {@code
 *     use_log_yaxis}, {@code use_last_value}, {@code related_space}
 */
public record Chart(
    Long id, String name, String type, List<ChartStream> streams, Map<String, Object> options) {
  private static final List<String> NAMED = List.of("id", "name", "type", "streams");

  public Chart {
    streams = List.copyOf(streams);
    options = Json.copy(options);
  }

  /** A line for each stream. */
  public static Chart line(String name, ChartStream... streams) {
    return new Chart(null, name, "line", List.of(streams), Map.of());
  }

  /** Streams on top of each other. */
  public static Chart stacked(String name, ChartStream... streams) {
    return new Chart(null, name, "stacked", List.of(streams), Map.of());
  }

  /** One number, the last one. */
  public static Chart bigNumber(String name, ChartStream stream) {
    return new Chart(null, name, "bignumber", List.of(stream), Map.of("use_last_value", true));
  }

  public Chart name(String name) {
    return new Chart(id, name, type, streams, options);
  }

  /** A stream more. */
  public Chart stream(ChartStream stream) {
    return new Chart(id, name, type, Json.copyWith(streams, stream), options);
  }

  /**
   * Any option, by the API's name for it.
   *
   * @param value String, Boolean, Number, null, or a List or Map of such
   */
  public Chart with(String option, Object value) {
    Json.of(value); // refuses here what could not be sent
    return new Chart(id, name, type, streams, Json.copyWith(options, option, value));
  }

  static Chart read(JsonElement element) {
    JsonObject json = element.getAsJsonObject();
    String type = Json.text(json, "type");
    return new Chart(
        Json.whole(json, "id"),
        Json.text(json, "name"),
        type == null ? "line" : type,
        Json.list(json, "streams", ChartStream::read),
        Json.others(json, NAMED));
  }

  JsonObject json() {
    JsonObject json = new JsonObject();
    Json.put(json, "type", type);
    Json.put(json, "name", name);
    JsonArray array = new JsonArray();
    streams.forEach(stream -> array.add(stream.json()));
    json.add("streams", array);
    options.forEach((option, value) -> json.add(option, Json.of(value)));
    return json;
  }
}
