package io.zibrato.librato;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Between JSON and plain values: String, Boolean, Long, Double, List, Map and null. A member that
 * is missing reads like one that is null.
 */
final class Json {
  private Json() {}

  private static JsonElement member(JsonObject json, String name) {
    JsonElement value = json.get(name);
    return value == null || value.isJsonNull() ? null : value;
  }

  static String text(JsonObject json, String name) {
    JsonElement value = member(json, name);
    return value == null ? null : value.getAsString();
  }

  /** Also from a string that spells a number: services have such ids. */
  static Long whole(JsonObject json, String name) {
    JsonElement value = member(json, name);
    return value == null ? null : Long.valueOf(value.getAsBigDecimal().longValueExact());
  }

  static Double number(JsonObject json, String name) {
    JsonElement value = member(json, name);
    return value == null ? null : Double.valueOf(value.getAsDouble());
  }

  static Boolean truth(JsonObject json, String name) {
    JsonElement value = member(json, name);
    return value == null ? null : Boolean.valueOf(value.getAsBoolean());
  }

  static <T> List<T> list(JsonObject json, String name, Function<JsonObject, T> read) {
    JsonElement value = member(json, name);
    return value == null ? List.of() : list(value.getAsJsonArray(), read);
  }

  static <T> List<T> list(JsonArray array, Function<JsonObject, T> read) {
    List<T> list = new ArrayList<>(array.size());
    array.forEach(each -> list.add(read.apply(each.getAsJsonObject())));
    return Collections.unmodifiableList(list);
  }

  static Map<String, Object> map(JsonObject json, String name) {
    JsonElement value = member(json, name);
    return value == null ? Map.of() : map(value.getAsJsonObject());
  }

  static Map<String, Object> map(JsonObject json) {
    Map<String, Object> map = new LinkedHashMap<>();
    json.entrySet().forEach(each -> map.put(each.getKey(), plain(each.getValue())));
    return Collections.unmodifiableMap(map);
  }

  /** What the object has beside the members named. */
  static Map<String, Object> others(JsonObject json, Collection<String> named) {
    JsonObject rest = json.deepCopy();
    named.forEach(rest::remove);
    return map(rest);
  }

  static Map<String, String> texts(JsonObject json, String name) {
    JsonElement value = member(json, name);
    Map<String, String> texts = new LinkedHashMap<>();
    if (value != null) {
      value
          .getAsJsonObject()
          .entrySet()
          .forEach(each -> texts.put(each.getKey(), each.getValue().getAsString()));
    }
    return Collections.unmodifiableMap(texts);
  }

  private static Object plain(JsonElement value) {
    if (value.isJsonNull()) return null;
    if (value instanceof JsonObject object) return map(object);
    if (value instanceof JsonArray array) {
      List<Object> list = new ArrayList<>(array.size());
      array.forEach(each -> list.add(plain(each)));
      return Collections.unmodifiableList(list);
    }
    JsonPrimitive primitive = value.getAsJsonPrimitive();
    if (primitive.isBoolean()) return primitive.getAsBoolean();
    if (primitive.isString()) return primitive.getAsString();
    String digits = primitive.getAsString();
    if (digits.matches("-?[0-9]{1,18}")) return Long.valueOf(digits);
    return Double.valueOf(digits);
  }

  /** Also of another Number; throws IllegalArgumentException for what JSON cannot hold. */
  static JsonElement of(Object value) {
    if (value == null) return JsonNull.INSTANCE;
    if (value instanceof JsonElement json) return json;
    if (value instanceof Boolean truth) return new JsonPrimitive(truth);
    if (value instanceof CharSequence text) return new JsonPrimitive(text.toString());
    if (value instanceof BigDecimal decimal) return new JsonPrimitive(new PlainNumber(decimal));
    if (value instanceof Number number) return new JsonPrimitive(finite("a number", number));
    if (value instanceof Collection<?> collection) {
      JsonArray array = new JsonArray();
      collection.forEach(each -> array.add(of(each)));
      return array;
    }
    if (value instanceof Map<?, ?> map) {
      JsonObject object = new JsonObject();
      map.forEach((key, each) -> object.add(key.toString(), of(each)));
      return object;
    }
    throw new IllegalArgumentException("not a JSON value: " + value.getClass().getName());
  }

  static Number finite(String name, Number number) {
    if (!Double.isFinite(number.doubleValue())) {
      throw new IllegalArgumentException(name + " is not finite: " + number);
    }
    return number;
  }

  /** Adds a member unless the value is null. */
  static void put(JsonObject json, String name, Object value) {
    if (value != null) json.add(name, of(value));
  }

  /** An unmodifiable copy in the same order, whose values may be null. */
  static <V> Map<String, V> copy(Map<String, V> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }

  static <V> Map<String, V> copyWith(Map<String, V> map, String key, V value) {
    Map<String, V> copy = new LinkedHashMap<>(map);
    copy.put(key, value);
    return Collections.unmodifiableMap(copy);
  }

  static <T> List<T> copyWith(List<T> list, T value) {
    List<T> copy = new ArrayList<>(list);
    copy.add(value);
    return List.copyOf(copy);
  }
}
