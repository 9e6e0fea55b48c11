package io.zibrato.store.http;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes of a form what the same request would be in JSON: {@code gauges[0][name]=x} is {@code
 * {"gauges":{"0":{"name":"x"}}}}, and {@code names[]=x} is {@code {"names":["x"]}}. All values are
 * strings.
 */
final class FormBody {
  private static final int MAX_DEPTH = 8;

  /** The one parameter that is documented to be a list when it comes more than once. */
  private static final String LIST = "names";

  private FormBody() {}

  static JsonObject parse(String form) throws ApiError {
    final JsonObject root = new JsonObject();
    for (final String pair : form.strip().split("&")) {
      if (!pair.isEmpty()) {
        final int equals = pair.indexOf('=');
        final String name = equals < 0 ? pair : pair.substring(0, equals);
        put(root, path(decode(name)), equals < 0 ? "" : decode(pair.substring(equals + 1)));
      }
    }
    return root;
  }

  private static void put(JsonObject root, List<String> path, String value) throws ApiError {
    JsonObject at = root;
    for (int i = 0; i < path.size() - 1; i++) {
      final String key = path.get(i);
      if (path.get(i + 1).isEmpty() && i + 2 == path.size()) {
        append(at, key, value);
        return;
      }
      if (!at.has(key)) {
        at.add(key, new JsonObject());
      }
      if (!at.get(key).isJsonObject()) {
        throw unreadable(key);
      }
      at = at.getAsJsonObject(key);
    }
    final String last = path.get(path.size() - 1);
    if (last.equals(LIST) && path.size() == 1 && at.has(LIST)) {
      final JsonElement first = at.remove(LIST);
      if (first.isJsonPrimitive()) {
        append(at, LIST, first.getAsString());
      } else {
        at.add(LIST, first);
      }
      append(at, LIST, value);
      return;
    }
    if (at.has(last)) {
      throw unreadable(last);
    }
    at.addProperty(last, value);
  }

  private static void append(JsonObject at, String key, String value) throws ApiError {
    final JsonElement list = at.has(key) ? at.get(key) : new JsonArray();
    if (!list.isJsonArray()) {
      throw unreadable(key);
    }
    list.getAsJsonArray().add(new JsonPrimitive(value));
    at.add(key, list);
  }

  /** {@code a[b][c]} as a, b, c. */
  private static List<String> path(String name) throws ApiError {
    final List<String> path = new ArrayList<>();
    final int first = name.indexOf('[');
    path.add(first < 0 ? name : name.substring(0, first));
    int at = first;
    while (at >= 0 && at < name.length()) {
      final int close = name.indexOf(']', at);
      if (name.charAt(at) != '[' || close < 0 || path.size() == MAX_DEPTH) {
        throw unreadable(name);
      }
      path.add(name.substring(at + 1, close));
      at = close + 1;
    }
    return path;
  }

  private static String decode(String text) throws ApiError {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw unreadable(text);
    }
  }

  private static ApiError unreadable(String name) {
    return ApiError.request(400, "The form cannot be read at '" + name + "'");
  }
}
