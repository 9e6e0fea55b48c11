package io.zibrato.librato;

import java.io.IOException;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** {@code /v1/measurements}: measurements by tags. Names pass the client's sanitizer. */
public final class Measurements {
  private final Caller caller;
  private final Options options;

  Measurements(Caller caller, Options options) {
    this.caller = caller;
    this.options = options;
  }

  /**
   * Submits measurements in one request, with the client's tags where they have none of their own.
   *
   * @throws IllegalArgumentException one has a source
   * @throws BadRequestException the service refused them
   * @throws PartlyAcceptedException it took some of them
   */
  public void submit(Measurement... measurements) throws IOException {
    submit(List.of(measurements));
  }

  /** The same as {@link #submit(Measurement...)}. */
  public void submit(Collection<Measurement> measurements) throws IOException {
    if (measurements.isEmpty()) return;
    Submission.post(
        caller,
        Submission.byTags(List.copyOf(measurements), options.sanitizer(), options.tags()),
        caller.newKey());
  }

  /**
   * The series of a metric.
   *
   * @param query with a start time or a duration; 1 second is the resolution unless it says
   *     otherwise
   */
  public SeriesSet get(String name, Query query) throws IOException {
    return caller.get(
        Target.of("measurements", options.sanitizer().apply(name))
            .with(query.forTagged().parameters()),
        SeriesSet::read);
  }

  /**
   * What a composite comes to, by tags.
   *
   * @param query with a start time; 1 second is the resolution unless it says otherwise
   */
  public SeriesSet getComposite(String compose, Query query) throws IOException {
    Target target =
        Target.of("measurements").with(query.forComposite().parameters()).with("compose", compose);
    return caller.get(target, SeriesSet::read);
  }

  /**
   * What comes after an answer of {@link #get}; nothing if that was all. Only the query of the link
   * is used, so that credentials go nowhere else.
   */
  public Optional<SeriesSet> next(SeriesSet before) throws IOException {
    if (before.next() == null) return Optional.empty();
    URI link;
    try {
      link = URI.create(before.next());
    } catch (IllegalArgumentException e) {
      throw new IOException("the link to what comes next is none: " + before.next(), e);
    }
    String path = link.getPath() == null ? "" : link.getPath();
    Target target = Target.of("measurements", path.substring(path.lastIndexOf('/') + 1));
    if (link.getRawQuery() != null) target.withEncoded(link.getRawQuery());
    return Optional.of(caller.get(target, SeriesSet::read));
  }
}
