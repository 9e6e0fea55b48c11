package io.zibrato.librato;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** {@code /v1/metrics}. Names of metrics pass the client's sanitizer. */
public final class Metrics {
  private static final Pattern KEY = Pattern.compile("[ !#-\\[\\]-~]{1,250}");

  private final Caller caller;
  private final Options options;

  Metrics(Caller caller, Options options) {
    this.caller = caller;
    this.options = options;
  }

  /** The first page of all metrics. */
  public Page<Metric> list() throws IOException {
    return list(ListQuery.all());
  }

  /** One page. */
  public Page<Metric> list(ListQuery query) throws IOException {
    return caller.get(query.on(Target.of("metrics")), Page.reader("metrics", Metric::read));
  }

  /** All metrics. */
  public Stream<Metric> listAll() {
    return listAll(ListQuery.all());
  }

  /**
   * All that the query finds, page by page as the stream is walked: 100 a page unless the query
   * says otherwise. What fails is thrown as an {@link java.io.UncheckedIOException}. A metric that
   * comes or goes meanwhile may be missed or come twice.
   */
  public Stream<Metric> listAll(ListQuery query) {
    return Pages.stream(this::list, query);
  }

  /** Submits a gauge, as {@code submit(Measurement.gauge(name, value))} does. */
  public void submit(String name, double value) throws IOException {
    submit(Measurement.gauge(name, value));
  }

  /**
   * Submits measurements, each by its source or by its tags: in one request, or in two if there are
   * both kinds, those by source first: should the second fail, the first has been stored. A {@link
   * Queue} is better for many.
   *
   * @throws BadRequestException the service refused them, and stored none
   * @throws PartlyAcceptedException it took some of the tagged ones
   */
  public void submit(Measurement... measurements) throws IOException {
    submit(List.of(measurements));
  }

  /** The same as {@link #submit(Measurement...)}. */
  public void submit(Collection<Measurement> measurements) throws IOException {
    UnaryOperator<String> sanitizer = options.sanitizer();
    List<Measurement> byTags =
        measurements.stream().filter(each -> each.tagged(options.tags())).toList();
    List<Measurement> bySource =
        measurements.stream().filter(each -> !each.tagged(options.tags())).toList();
    JsonObject tagged = Submission.byTags(byTags, sanitizer, options.tags());
    if (!bySource.isEmpty()) {
      Submission.post(caller, Submission.bySource(bySource, sanitizer), caller.newKey());
    }
    if (!byTags.isEmpty()) Submission.post(caller, tagged, caller.newKey());
  }

  /**
   * Submits measurements in one request under a key of the caller's, also where the client sends
   * none of its own: for whoever may submit the same again later, even in another process, and must
   * not have it stored twice. One key stands for one list, for ever; what is submitted under a key
   * that the service knows is accepted, and not looked at.
   *
   * @param measurements all by source, or all by tags; none of them sends nothing
   * @param key what {@code Idempotency-Key} says: 1 to 250 printable ASCII characters, but no
   *     quotation mark or backslash
   * @throws BadRequestException the service refused them, and stored none
   * @throws PartlyAcceptedException it took some of the tagged ones
   */
  public void submit(Collection<Measurement> measurements, String key) throws IOException {
    if (!KEY.matcher(key).matches()) throw new IllegalArgumentException("no key: " + key);
    if (measurements.isEmpty()) return;
    List<Measurement> all = List.copyOf(measurements);
    long tagged = all.stream().filter(each -> each.tagged(options.tags())).count();
    if (tagged > 0 && tagged < all.size()) {
      throw new IllegalArgumentException(tagged + " of " + all.size() + " are by tags");
    }
    UnaryOperator<String> sanitizer = options.sanitizer();
    JsonObject body =
        tagged > 0
            ? Submission.byTags(all, sanitizer, options.tags())
            : Submission.bySource(all, sanitizer);
    Submission.post(caller, body, key);
  }

  /** The metric alone, without measurements. */
  public Metric get(String name) throws IOException {
    return caller.get(target(name), Metric::read);
  }

  /** The metric with its measurements by source: start time or count must be in the query. */
  public Metric get(String name, Query query) throws IOException {
    return caller.get(target(name).with(query.parameters()), Metric::read);
  }

  /**
   * What a composite comes to, by source.
   *
   * @param query with a start time; 1 second is the resolution unless it says otherwise
   */
  public SeriesSet getComposite(String compose, Query query) throws IOException {
    Target target =
        Target.of("metrics").with(query.forComposite().parameters()).with("compose", compose);
    return caller.get(target, SeriesSet::read);
  }

  /** Keeps a composite under the name of a metric, or changes it. */
  public void createComposite(String name, String compose) throws IOException {
    createComposite(name, compose, MetricUpdate.of());
  }

  /** Keeps a composite under the name of a metric, or changes it. */
  public void createComposite(String name, String compose, MetricUpdate update) throws IOException {
    update(name, update.with("composite", compose).type("composite"));
  }

  /**
   * Changes a metric; with a type, makes it where there is none.
   *
   * @throws NotFoundException there is none, and no type was given
   */
  public void update(String name, MetricUpdate update) throws IOException {
    caller.put(target(name), update.json());
  }

  /** Changes many metrics. The service may do so after it has answered. */
  public void update(Collection<String> names, MetricUpdate update) throws IOException {
    put(named(names), update);
  }

  /** Changes all metrics that a pattern with {@code *} matches, which is not sanitized. */
  public void updateMatching(String pattern, MetricUpdate update) throws IOException {
    put(matching(pattern), update);
  }

  private void put(JsonObject body, MetricUpdate update) throws IOException {
    update.json().entrySet().forEach(each -> body.add(each.getKey(), each.getValue()));
    caller.put(Target.of("metrics"), body);
  }

  /**
   * Deletes a metric and its measurements.
   *
   * @throws NotFoundException there is none
   */
  public void delete(String name) throws IOException {
    caller.delete(target(name));
  }

  /**
   * Deletes metrics and their measurements, as far as they are there. The service may do so after
   * it has answered.
   */
  public void delete(Collection<String> names) throws IOException {
    caller.delete(Target.of("metrics"), named(names));
  }

  /** Deletes all metrics that a pattern with {@code *} matches, which is not sanitized. */
  public void deleteMatching(String pattern) throws IOException {
    caller.delete(Target.of("metrics"), matching(pattern));
  }

  private JsonObject named(Collection<String> names) {
    if (names.isEmpty()) throw new IllegalArgumentException("there are no names");
    JsonObject body = new JsonObject();
    body.add("names", Json.of(names.stream().map(options.sanitizer()).toList()));
    return body;
  }

  private static JsonObject matching(String pattern) {
    if (pattern.isEmpty()) throw new IllegalArgumentException("the pattern is empty");
    JsonObject body = new JsonObject();
    body.addProperty("names", pattern);
    return body;
  }

  private Target target(String name) {
    return Target.of("metrics", options.sanitizer().apply(name));
  }
}
