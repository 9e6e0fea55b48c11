package io.zibrato.librato;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code /v1/spaces}. */
public final class Spaces {
  private final Caller caller;

  Spaces(Caller caller) {
    this.caller = caller;
  }

  /** One page, without the ids of charts. */
  public Page<Space> list(ListQuery query) throws IOException {
    return caller.get(query.on(Target.of("spaces")), Page.reader("spaces", Space::read));
  }

  /** All that the query finds; as {@link Metrics#listAll(ListQuery)}. */
  public Stream<Space> listAll(ListQuery query) {
    return Pages.stream(this::list, query);
  }

  public Space get(long id) throws IOException {
    return caller.get(Target.of("spaces", id), Space::read);
  }

  /** The first space of this name, in whatever case, with the ids of its charts. */
  public Optional<Space> find(String name) throws IOException {
    try {
      Optional<Space> found =
          listAll(ListQuery.named(name)).filter(s -> name.equalsIgnoreCase(s.name())).findFirst();
      return found.isEmpty() ? found : Optional.of(get(found.get().id()));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  public Space create(String name) throws IOException {
    return caller.post(Target.of("spaces"), named(name), Space::read);
  }

  /**
   * @param tags whether its charts are about tags
   */
  public Space create(String name, boolean tags) throws IOException {
    JsonObject body = named(name);
    body.addProperty("tags", tags);
    return caller.post(Target.of("spaces"), body, Space::read);
  }

  public void rename(long id, String name) throws IOException {
    caller.put(Target.of("spaces", id), named(name));
  }

  /** Deletes the space and its charts. */
  public void delete(long id) throws IOException {
    caller.delete(Target.of("spaces", id));
  }

  /** The charts of a space; asks nothing yet. */
  public Charts charts(long spaceId) {
    return new Charts(caller, spaceId);
  }

  private static JsonObject named(String name) {
    JsonObject body = new JsonObject();
    body.addProperty("name", name);
    return body;
  }
}
