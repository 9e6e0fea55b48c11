package io.zibrato.librato;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;

/**
 * An alert, as it is or as it is to be. Immutable: each method that changes something returns
 * another, which {@link Alerts#create} or {@link Alerts#save} takes to the service.
 *
 * @param id null for one that the service has not seen
 * @param description null for none
 * @param services whom it notifies; of a new one only the ids count
 * @param attributes such as {@code runbook_url}
 * @param active whether it can fire
 * @param rearmSeconds how long it is silent after it fired, a multiple of 60; null for 600
 * @param createdAt epoch seconds; null if not told
 * @param updatedAt epoch seconds; null if not told
 */
public record Alert(
    Long id,
    String name,
    String description,
    List<Condition> conditions,
    List<Service> services,
    Map<String, Object> attributes,
    boolean active,
    Long rearmSeconds,
    Long createdAt,
    Long updatedAt) {

  private static final int VERSION = 2;

  public Alert {
    conditions = List.copyOf(conditions);
    services = List.copyOf(services);
    attributes = Json.copy(attributes);
  }

  /** A new one that is active, without conditions. */
  public static Alert named(String name) {
    return new Alert(null, name, null, List.of(), List.of(), Map.of(), true, null, null, null);
  }

  /** Another name. */
  public Alert name(String name) {
    return new Alert(
        id,
        name,
        description,
        conditions,
        services,
        attributes,
        active,
        rearmSeconds,
        createdAt,
        updatedAt);
  }

  public Alert description(String description) {
    return new Alert(
        id,
        name,
        description,
        conditions,
        services,
        attributes,
        active,
        rearmSeconds,
        createdAt,
        updatedAt);
  }

  /** A condition more. */
  public Alert when(Condition condition) {
    return conditions(Json.copyWith(conditions, condition));
  }

  /** Other conditions. */
  public Alert conditions(List<Condition> conditions) {
    return new Alert(
        id,
        name,
        description,
        conditions,
        services,
        attributes,
        active,
        rearmSeconds,
        createdAt,
        updatedAt);
  }

  /** A service more. */
  public Alert notify(long serviceId) {
    return services(Json.copyWith(services, Service.withId(serviceId)));
  }

  /** Other services. */
  public Alert services(List<Service> services) {
    return new Alert(
        id,
        name,
        description,
        conditions,
        services,
        attributes,
        active,
        rearmSeconds,
        createdAt,
        updatedAt);
  }

  public Alert attribute(String attribute, Object value) {
    return new Alert(
        id,
        name,
        description,
        conditions,
        services,
        Json.copyWith(attributes, attribute, value),
        active,
        rearmSeconds,
        createdAt,
        updatedAt);
  }

  public Alert active(boolean active) {
    return new Alert(
        id,
        name,
        description,
        conditions,
        services,
        attributes,
        active,
        rearmSeconds,
        createdAt,
        updatedAt);
  }

  public Alert rearmSeconds(long seconds) {
    return new Alert(
        id,
        name,
        description,
        conditions,
        services,
        attributes,
        active,
        seconds,
        createdAt,
        updatedAt);
  }

  static Alert read(JsonElement element) {
    JsonObject json = element.getAsJsonObject();
    Boolean active = Json.truth(json, "active");
    return new Alert(
        Json.whole(json, "id"),
        Json.text(json, "name"),
        Json.text(json, "description"),
        Json.list(json, "conditions", Condition::read),
        Json.list(json, "services", Service::read),
        Json.map(json, "attributes"),
        active == null || active,
        Json.whole(json, "rearm_seconds"),
        Json.whole(json, "created_at"),
        Json.whole(json, "updated_at"));
  }

  JsonObject json() {
    JsonObject json = new JsonObject();
    Json.put(json, "name", name);
    Json.put(json, "version", VERSION);
    Json.put(json, "description", description);
    JsonArray array = new JsonArray();
    conditions.forEach(condition -> array.add(condition.json()));
    json.add("conditions", array);
    json.add("services", Json.of(services.stream().map(Service::id).toList()));
    Json.put(json, "attributes", attributes);
    Json.put(json, "active", active);
    Json.put(json, "rearm_seconds", rearmSeconds);
    return json;
  }
}
