package io.zibrato.store.resources.alerts;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.zibrato.store.http.ApiError;
import io.zibrato.store.http.Parameters;
import io.zibrato.store.http.Problems;
import io.zibrato.store.resources.Members;
import io.zibrato.store.resources.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a request says of an alert; null where it says nothing, but for the conditions: none are
 * said where they are left out.
 *
 * @param services their ids
 */
record AlertRequest(
    String name,
    String description,
    List<ConditionRequest> conditions,
    Set<Long> services,
    JsonObject attributes,
    Boolean active,
    Long rearmSeconds,
    Boolean rearmPerSignal,
    Boolean md) {
  private static final int MAX_DESCRIPTION = 4096;
  private static final int MAX_CONDITIONS = 20;
  private static final int MAX_SERVICES = 50;
  private static final long MAX_REARM_SECONDS = 30L * 86_400;

  static AlertRequest of(JsonObject body) throws ApiError {
    final Problems problems = new Problems();
    final Members said = new Members(body, problems);
    final Long version = said.whole("version", 1, Alert.VERSION);
    if (version != null && version != Alert.VERSION) {
      said.problem("version", "must be 2: alerts of version 1 are not kept");
    }
    final List<ConditionRequest> conditions = new ArrayList<>();
    for (final Members condition : said.hashes("conditions", MAX_CONDITIONS)) {
      conditions.add(ConditionRequest.of(condition));
    }
    final AlertRequest request =
        new AlertRequest(
            said.name("name"),
            said.text("description", MAX_DESCRIPTION),
            conditions,
            services(said),
            attributes(said, problems),
            said.truth("active"),
            rearmSeconds(said),
            said.truth("rearm_per_signal"),
            said.truth("md"));
    problems.throwIfAny();
    return request;
  }

  private static Long rearmSeconds(Members said) {
    if (said.names().contains("rearm_seconds") && !said.has("rearm_seconds")) {
      return Alert.DEFAULT_REARM_SECONDS;
    }
    final Long seconds = said.whole("rearm_seconds", 0, MAX_REARM_SECONDS);
    if (seconds != null && seconds % 60 != 0) {
      said.problem("rearm_seconds", "is not a multiple of 60");
    }
    return seconds;
  }

  private static JsonObject attributes(Members said, Problems problems) {
    final JsonObject attributes = said.hash("attributes");
    if (attributes != null
        && attributes.has("runbook_url")
        && !(attributes.get("runbook_url") instanceof JsonPrimitive url && url.isString())) {
      problems.add("attributes[runbook_url]", "is not a string");
    }
    return attributes;
  }

  /** Ids, or services as they are given back. */
  private static Set<Long> services(Members said) {
    if (!said.has("services")) {
      return null;
    }
    final Set<Long> ids = new LinkedHashSet<>();
    for (final JsonElement element : said.elements("services", MAX_SERVICES)) {
      final JsonElement id = element instanceof JsonObject hash ? hash.get("id") : element;
      if (id instanceof JsonPrimitive number && number.getAsString().matches("[0-9]{1,18}")) {
        ids.add(number.getAsLong());
      } else {
        said.problem("services", "has one that is no id");
      }
    }
    return ids;
  }

  Alert alert(long nowSeconds) throws ApiError {
    if (name == null) {
      throw ApiError.param("name", Parameters.NOT_PRESENT);
    }
    return onto(
        new Alert(
            0,
            name,
            null,
            new JsonObject(),
            true,
            Alert.DEFAULT_REARM_SECONDS,
            false,
            false,
            nowSeconds,
            nowSeconds,
            1,
            Standing.initial(nowSeconds)),
        nowSeconds);
  }

  /** What is not said stays. */
  Alert onto(Alert alert, long nowSeconds) {
    return new Alert(
        alert.id(),
        or(name, alert.name()),
        or(description, alert.description()),
        or(attributes, alert.attributes()),
        or(active, alert.active()),
        or(rearmSeconds, alert.rearmSeconds()),
        or(rearmPerSignal, alert.rearmPerSignal()),
        or(md, alert.md()),
        alert.createdAt(),
        nowSeconds,
        alert.revision(),
        alert.standing());
  }

  private static <T> T or(T said, T known) {
    return said == null ? known : said;
  }

  /**
   * Conditions that say whose id they are keep it.
   *
   * @param goesOn whether those that are as they were go on with what they know of measurements
   */
  void storeConditions(Connection connection, long alertId, boolean goesOn, long nowSeconds)
      throws SQLException, ApiError {
    final Map<Long, Condition> known = new LinkedHashMap<>();
    Condition.ofAlert(connection, alertId).forEach(each -> known.put(each.id(), each));
    Sql.update(connection, "DELETE FROM alert_condition WHERE alert_id = ?", alertId);
    final Set<Long> used = new HashSet<>();
    int place = 0;
    for (final ConditionRequest said : conditions) {
      checkFunction(connection, said.definition(), place);
      final Condition meant =
          said.id() == null || !used.add(said.id()) ? null : known.get(said.id());
      final boolean same = goesOn && meant != null && meant.definition().equals(said.definition());
      if (same) {
        known.remove(meant.id());
      }
      Condition.insert(
          connection,
          alertId,
          meant == null ? null : (Long) meant.id(),
          place++,
          said.definition(),
          same ? meant.since() : nowSeconds);
    }
    for (final long id : known.keySet()) {
      Signal.forget(connection, id);
    }
  }

  private static void checkFunction(Connection connection, JsonObject condition, int place)
      throws SQLException, ApiError {
    final String type = Streams.type(connection, condition.get("metric_name").getAsString());
    if (type == null || !condition.has("summary_function")) {
      return;
    }
    final String function = condition.get("summary_function").getAsString();
    final boolean counter = type.equals("counter");
    if (counter && !ConditionRequest.OF_COUNTERS.contains(function)) {
      throw ApiError.param(
          "conditions[" + place + "][summary_function]",
          "must be derivative or absolute_value of a counter");
    }
    if (!counter && function.equals("absolute_value")) {
      throw ApiError.param(
          "conditions[" + place + "][summary_function]", "is absolute_value of no counter");
    }
  }

  void storeServices(Connection connection, long alertId) throws SQLException, ApiError {
    if (services == null) {
      return;
    }
    Sql.update(connection, "DELETE FROM alert_service WHERE alert_id = ?", alertId);
    for (final long id : services) {
      if (Service.find(connection, id) == null) {
        throw ApiError.param("services", "has " + id + ", which is no service");
      }
      Sql.update(connection, "INSERT INTO alert_service VALUES (?, ?)", alertId, id);
    }
  }
}
