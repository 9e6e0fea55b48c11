package io.zibrato.librato;

import java.io.IOException;
import java.util.Objects;
import java.util.stream.Stream;

/** {@code /v1/services}. */
public final class Services {
  private final Caller caller;

  Services(Caller caller) {
    this.caller = caller;
  }

  /** One page. */
  public Page<Service> list(ListQuery query) throws IOException {
    return caller.get(query.on(Target.of("services")), Page.reader("services", Service::read));
  }

  /** All that the query finds; as {@link Metrics#listAll(ListQuery)}. */
  public Stream<Service> listAll(ListQuery query) {
    return Pages.stream(this::list, query);
  }

  public Service get(long id) throws IOException {
    return caller.get(Target.of("services", id), Service::read);
  }

  /** Makes it, and tells what the service made of it. */
  public Service create(Service service) throws IOException {
    return caller.post(Target.of("services"), service.json(), Service::read);
  }

  /** Makes the one of this id what this says. */
  public void save(Service service) throws IOException {
    caller.put(
        Target.of("services", Objects.requireNonNull(service.id(), "service.id == null")),
        service.json());
  }

  /** Deletes it, also from the alerts that notify it. */
  public void delete(long id) throws IOException {
    caller.delete(Target.of("services", id));
  }
}
