package io.zibrato.librato;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code /v1/alerts}. */
public final class Alerts {
  private final Caller caller;

  Alerts(Caller caller) {
    this.caller = caller;
  }

  /** One page. */
  public Page<Alert> list(ListQuery query) throws IOException {
    return caller.get(query.on(Target.of("alerts")), Page.reader("alerts", Alert::read));
  }

  /** All that the query finds, active or not; as {@link Metrics#listAll(ListQuery)}. */
  public Stream<Alert> listAll(ListQuery query) {
    return Pages.stream(this::list, query);
  }

  public Alert get(long id) throws IOException {
    return caller.get(Target.of("alerts", id), Alert::read);
  }

  /** The alert of this name, in whatever case. */
  public Optional<Alert> find(String name) throws IOException {
    try {
      return listAll(ListQuery.named(name))
          .filter(alert -> name.equalsIgnoreCase(alert.name()))
          .findFirst();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** Makes it, and tells what the service made of it. */
  public Alert create(Alert alert) throws IOException {
    return caller.post(Target.of("alerts"), alert.json(), Alert::read);
  }

  /** Makes the service's alert of this id what this one says. */
  public void save(Alert alert) throws IOException {
    caller.put(
        Target.of("alerts", Objects.requireNonNull(alert.id(), "alert.id == null")), alert.json());
  }

  public void delete(long id) throws IOException {
    caller.delete(Target.of("alerts", id));
  }

  /** {@code ok} or {@code triggered}. */
  public String status(long id) throws IOException {
    return caller.get(
        Target.of("alerts", id, "status"), json -> Json.text(json.getAsJsonObject(), "status"));
  }

  /** Declares a triggered alert resolved. */
  public void clear(long id) throws IOException {
    caller.post(Target.of("alerts", id, "clear"), null);
  }

  /** Has it notify a service more. */
  public void addService(long id, long serviceId) throws IOException {
    JsonObject body = new JsonObject();
    body.addProperty("service", serviceId);
    caller.post(Target.of("alerts", id, "services"), body);
  }

  public void removeService(long id, long serviceId) throws IOException {
    caller.delete(Target.of("alerts", id, "services", serviceId));
  }
}
