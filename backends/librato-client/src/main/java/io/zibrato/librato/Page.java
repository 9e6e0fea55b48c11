package io.zibrato.librato;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.function.Function;

/**
 * A part of a list.
 *
 * @param offset how many come before it
 * @param found how many answer the question
 * @param total how many there are, whatever was asked
 */
public record Page<T>(List<T> items, long offset, long found, long total) {
  static <T> Function<JsonElement, Page<T>> reader(String member, Function<JsonObject, T> read) {
    return element -> {
      JsonObject json = element.getAsJsonObject();
      if (!json.has(member)) throw new IllegalStateException("it has no " + member);
      List<T> items = Json.list(json, member, read);
      JsonObject query =
          json.get("query") instanceof JsonObject envelope ? envelope : new JsonObject();
      long found = or(Json.whole(query, "found"), items.size());
      return new Page<>(
          items, or(Json.whole(query, "offset"), 0), found, or(Json.whole(query, "total"), found));
    };
  }

  private static long or(Long told, long otherwise) {
    return told == null ? otherwise : told;
  }
}
