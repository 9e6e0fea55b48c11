package io.zibrato.chaos.service;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * What one request carried, and how it is kept: one line.
 *
 * @param key its {@code Idempotency-Key}
 * @param again the same came before
 */
public record Request(String key, boolean again, List<Item> items) {

  /**
   * A measurement.
   *
   * @param count null where it has a value only
   * @param number the value, or the sum
   */
  public record Item(String name, String source, Long count, BigDecimal number) {}

  /** The body of {@code POST /v1/metrics}. */
  static Request of(String key, boolean again, String json) {
    List<Item> items = new ArrayList<>();
    for (JsonElement each :
        JsonParser.parseString(json).getAsJsonObject().getAsJsonArray("gauges")) {
      JsonObject gauge = each.getAsJsonObject();
      Long count = gauge.has("count") ? gauge.get("count").getAsLong() : null;
      BigDecimal number = gauge.get(count == null ? "value" : "sum").getAsBigDecimal();
      String source = gauge.has("source") ? gauge.get("source").getAsString() : "";
      items.add(new Item(gauge.get("name").getAsString(), source, count, number));
    }
    return new Request(key, again, items);
  }

  /** Without the end of line. */
  String line() {
    StringBuilder line = new StringBuilder(again ? "again" : "taken").append('\t').append(key);
    for (Item item : items) {
      line.append('\t').append(item.name).append(' ').append(item.source).append(' ');
      line.append(item.count == null ? "-" : item.count.toString()).append(' ').append(item.number);
    }
    return line.toString();
  }

  public static Request ofLine(String line) {
    String[] fields = line.split("\t");
    List<Item> items = new ArrayList<>();
    for (int i = 2; i < fields.length; i++) {
      String[] parts = fields[i].split(" ");
      Long count = parts[2].equals("-") ? null : Long.valueOf(parts[2]);
      items.add(new Item(parts[0], parts[1], count, new BigDecimal(parts[3])));
    }
    return new Request(fields[1], fields[0].equals("again"), items);
  }
}
