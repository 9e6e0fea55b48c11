package io.zibrato.librato;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.stream.Stream;

/** {@code /v1/annotations}: streams, and the events in them. */
public final class Annotations {
  private final Caller caller;

  Annotations(Caller caller) {
    this.caller = caller;
  }

  /** One page of streams. */
  public Page<AnnotationStream> listStreams(ListQuery query) throws IOException {
    return caller.get(
        query.on(Target.of("annotations")), Page.reader("annotations", AnnotationStream::read));
  }

  /** All streams that the query finds; as {@link Metrics#listAll(ListQuery)}. */
  public Stream<AnnotationStream> listAllStreams(ListQuery query) {
    return Pages.stream(this::listStreams, query);
  }

  /** The stream alone, without events. */
  public AnnotationStream getStream(String stream) throws IOException {
    return caller.get(Target.of("annotations", stream), AnnotationStream::read);
  }

  /**
   * The stream with its events, in the order of their times: from a start time on, by sources. With
   * more than the service answers at once, {@link AnnotationStream#nextTime} says where to go on.
   */
  public AnnotationStream getStream(String stream, Query query) throws IOException {
    return caller.get(
        Target.of("annotations", stream).with(query.parameters()), AnnotationStream::read);
  }

  /** Changes how the stream is shown. */
  public void updateStream(String stream, String displayName) throws IOException {
    JsonObject body = new JsonObject();
    body.addProperty("display_name", displayName);
    caller.put(Target.of("annotations", stream), body);
  }

  /** Deletes the stream and its events. */
  public void deleteStream(String stream) throws IOException {
    caller.delete(Target.of("annotations", stream));
  }

  /** Posts an event; makes the stream where there is none. */
  public Annotation post(String stream, AnnotationEvent event) throws IOException {
    return caller.post(Target.of("annotations", stream), event.json(), Annotation::read);
  }

  public Annotation get(String stream, long id) throws IOException {
    return caller.get(Target.of("annotations", stream, id), Annotation::read);
  }

  /** Changes of an event what is said, such as its end. */
  public void update(String stream, long id, AnnotationEvent event) throws IOException {
    caller.put(Target.of("annotations", stream, id), event.json());
  }

  /** Deletes an event. */
  public void delete(String stream, long id) throws IOException {
    caller.delete(Target.of("annotations", stream, id));
  }

  /** Adds a link to an event. */
  public Link addLink(String stream, long id, Link link) throws IOException {
    return caller.post(Target.of("annotations", stream, id, "links"), link.json(), Link::read);
  }

  /** Takes the link of this relation from an event. */
  public void removeLink(String stream, long id, String rel) throws IOException {
    caller.delete(Target.of("annotations", stream, id, "links", rel));
  }
}
