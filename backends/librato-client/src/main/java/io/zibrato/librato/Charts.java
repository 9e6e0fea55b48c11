package io.zibrato.librato;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** {@code /v1/spaces/:id/charts}: the charts of one space. */
public final class Charts {
  private final Caller caller;
  private final long spaceId;

  Charts(Caller caller, long spaceId) {
    this.caller = caller;
    this.spaceId = spaceId;
  }

  public List<Chart> list() throws IOException {
    return caller.get(target(), json -> Json.list(json.getAsJsonArray(), Chart::read));
  }

  public Chart get(long id) throws IOException {
    return caller.get(target(id), Chart::read);
  }

  /** The first chart of this name, in whatever case. */
  public Optional<Chart> find(String name) throws IOException {
    for (Chart chart : list()) {
      if (name.equalsIgnoreCase(chart.name())) return Optional.of(get(chart.id()));
    }
    return Optional.empty();
  }

  /** Makes it, and tells what the service made of it. */
  public Chart create(Chart chart) throws IOException {
    return caller.post(target(), chart.json(), Chart::read);
  }

  /** Makes the chart of this id what this one says, streams included. */
  public void save(Chart chart) throws IOException {
    caller.put(target(Objects.requireNonNull(chart.id(), "chart.id == null")), chart.json());
  }

  public void delete(long id) throws IOException {
    caller.delete(target(id));
  }

  private Target target() {
    return Target.of("spaces", spaceId, "charts");
  }

  private Target target(long id) {
    return Target.of("spaces", spaceId, "charts", id);
  }
}
