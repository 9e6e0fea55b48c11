package io.zibrato.store.metrics;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * A metric as stored.
 *
 * @param composite what it is computed by; null if it is none
 */
record Metric(
    long id,
    String name,
    MetricType type,
    String displayName,
    String description,
    Long period,
    JsonObject attributes,
    String composite) {
  static final String COLUMNS =
      "id, name, type, display_name, description, period, attributes, composite";

  /** Reads the current row, whose columns are {@link #COLUMNS}. */
  static Metric read(ResultSet row) throws SQLException {
    final Object period = row.getObject(6);
    return new Metric(
        row.getLong(1),
        row.getString(2),
        MetricType.of(row.getString(3)),
        row.getString(4),
        row.getString(5),
        period == null ? null : ((Number) period).longValue(),
        JsonParser.parseString(row.getString(7)).getAsJsonObject(),
        row.getString(8));
  }

  JsonObject json() {
    final JsonObject json = new JsonObject();
    json.addProperty("name", name);
    json.addProperty("display_name", displayName);
    json.addProperty("type", type.word());
    json.addProperty("description", description);
    json.addProperty("period", period);
    json.add("attributes", attributes);
    if (composite != null) {
      json.addProperty("composite", composite);
    }
    return json;
  }

  /** What is said in {@code said} replaces what is stored; attributes are merged key by key. */
  Metric with(MetricProperties said) {
    return new Metric(
        id,
        name,
        type,
        said.displayName() == null ? displayName : said.displayName(),
        said.description() == null ? description : said.description(),
        said.period() == null ? period : said.period(),
        merged(attributes, said.attributes()),
        said.composite() == null ? composite : said.composite());
  }

  /** What is said in {@code said} only fills what nobody has said before. */
  Metric completed(MetricProperties said) {
    return new Metric(
        id,
        name,
        type,
        displayName == null ? said.displayName() : displayName,
        description == null ? said.description() : description,
        period == null ? said.period() : period,
        merged(said.attributes() == null ? new JsonObject() : said.attributes(), attributes),
        composite);
  }

  private static JsonObject merged(JsonObject below, JsonObject above) {
    final JsonObject merged = below.deepCopy();
    if (above != null) {
      above.entrySet().forEach(entry -> merged.add(entry.getKey(), entry.getValue()));
    }
    return merged;
  }
}
