package io.zibrato.backends.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsPartialSuccess;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.zibrato.backends.Backend;
import io.zibrato.backends.CounterTotal;
import io.zibrato.backends.GaugeValue;
import io.zibrato.backends.RefusedException;
import io.zibrato.backends.RetryException;
import io.zibrato.backends.SeriesKey;
import io.zibrato.backends.Snapshot;
import io.zibrato.backends.TakenInPartException;
import io.zibrato.backends.TimerTotal;
import io.zibrato.backends.Totals;
import io.zibrato.backends.testing.HttpBackendContract;
import io.zibrato.backends.testing.StubService;
import io.zibrato.meter.Histogram;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract, in protobuf. */
class OtlpBackendTest extends HttpBackendContract {
  private static final SeriesKey KEY = new SeriesKey("n", "s", Map.of("k", "v"));
  private static final Snapshot ONE = counters(new CounterTotal(KEY, 3));
  private static final CounterTotal OTHER = new CounterTotal(new SeriesKey("other", ""), 1);

  @TempDir Path dir;
  private OtlpBackend backend;

  boolean json() {
    return false;
  }

  private OtlpBackend create(boolean gzip) {
    return create(100_000, gzip);
  }

  private OtlpBackend create(int maxSeries, boolean gzip) {
    return new OtlpBackend(
        new OtlpOptions(
            new Totals.Settings(dir, Duration.ofDays(100_000), maxSeries),
            URI.create(service.url() + "/v1/metrics"),
            json(),
            Map.of("api-key", "secret"),
            Map.of("service.name", "shop"),
            gzip,
            Duration.ofSeconds(1)));
  }

  @BeforeEach
  void open() {
    backend = create(true);
  }

  @Override
  protected Backend backend() {
    return backend;
  }

  @Override
  protected boolean countsTwice() {
    return false;
  }

  /** OTLP names these four, and forbids all others. */
  @Override
  protected boolean isForLater(int status) {
    return Set.of(429, 502, 503, 504).contains(status);
  }

  private List<OtlpReader.Point> points() throws Exception {
    List<OtlpReader.Point> points = new ArrayList<>();
    for (StubService.Request request : service.requests()) {
      points.addAll(OtlpReader.points(request.bytes(), json()));
    }
    return points;
  }

  @Override
  protected int taken() throws Exception {
    Set<String> streams = new HashSet<>();
    Set<String> measurements = new HashSet<>();
    List<OtlpReader.Point> points = points();
    for (OtlpReader.Point each : points) {
      streams.add(each.stream());
      measurements.add(each.stream().replace(".time.calls{", ".time{"));
    }
    assertThat(streams).as("no two streams are one").hasSameSizeAs(points);
    return measurements.size();
  }

  /** A timer has its calls beside its histogram where not all of them were timed. */
  @Override
  protected Optional<List<Double>> takenValues() throws Exception {
    Map<String, Double> values = new HashMap<>();
    for (OtlpReader.Point each : points()) {
      String calls = each.stream().replace(".time{", ".time.calls{");
      if (each.value() instanceof Number number) values.put(each.stream(), number.doubleValue());
      else values.putIfAbsent(calls, (double) each.histogram().getCount());
    }
    return Optional.of(List.copyOf(values.values()));
  }

  private static Snapshot later(long id, CounterTotal... counters) {
    long end = END_MILLIS + id * 1000;
    return new Snapshot(id, end - 1000, end, List.of(counters), List.of(), List.of());
  }

  private static Snapshot timers(TimerTotal... timers) {
    return new Snapshot(1, END_MILLIS - 1000, END_MILLIS, List.of(), List.of(timers), List.of());
  }

  @Test
  void request_isWhatOtlpAsksFor() throws Exception {
    backend.flush(ONE);

    StubService.Request request = service.requests().get(0);
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.path()).isEqualTo("/v1/metrics");
    assertThat(request.header("Content-Type"))
        .isEqualTo(json() ? "application/json" : "application/x-protobuf");
    assertThat(request.header("Content-Encoding")).isEqualTo("gzip");
    assertThat(request.header("Api-key")).isEqualTo("secret");
    assertThat(request.userAgent()).startsWith("zibrato-otlp/");
    assertThat(
            OtlpReader.request(request.bytes(), json())
                .getResourceMetrics(0)
                .getResource()
                .getAttributes(0)
                .getValue()
                .getStringValue())
        .isEqualTo("shop");
    assertThat(points())
        .containsExactly(
            new OtlpReader.Point(
                "n",
                "",
                Map.of("k", "v", "source", "s"),
                (END_MILLIS - 60_000) * 1_000_000,
                END_MILLIS * 1_000_000,
                3L));
  }

  @Test
  void flush_withoutGzip() throws Exception {
    backend.close();
    backend = create(false);
    backend.flush(ONE);

    assertThat(service.requests().get(0).header("Content-Encoding")).isEmpty();
    assertThat(taken()).isEqualTo(1);
  }

  @Test
  void totals_goOnOverRestarts() throws Exception {
    backend.flush(later(1, new CounterTotal(KEY, 3)));
    backend.close();
    backend = create(true);
    backend.flush(later(2, new CounterTotal(KEY, 4)));

    List<OtlpReader.Point> points = points();
    assertThat(points).extracting(OtlpReader.Point::value).containsExactly(3L, 7L);
    assertThat(points.get(1).startNanos()).isEqualTo(points.get(0).startNanos());
    assertThat(points.get(1).timeNanos()).isGreaterThan(points.get(0).timeNanos());
  }

  @Test
  void flush_againSendsTheSameTotals() throws Exception {
    service.next(new StubService.Answer(503, "", Map.of("Retry-After", "5"), 0));
    assertThatThrownBy(() -> backend.flush(ONE)).isInstanceOf(RetryException.class);
    backend.close();
    backend = create(true);
    backend.flush(ONE);

    assertThat(points().get(1)).isEqualTo(points().get(0));
  }

  @Test
  void timer_hasOurBuckets() throws Exception {
    Histogram three =
        Histogram.ofOne(1).plus(Histogram.ofOne(1000)).plus(Histogram.ofOne(1_000_000_007));
    backend.flush(timers(new TimerTotal(KEY, 3, 1_000_001_008, 1, 1_000_000_007, three)));

    OtlpReader.Point point = points().get(0);
    ExponentialHistogramDataPoint histogram = point.histogram();
    assertThat(point.metric()).isEqualTo("n.time");
    assertThat(point.unit()).isEqualTo("ns");
    assertThat(histogram.getScale()).isEqualTo(4);
    assertThat(histogram.getSum()).isEqualTo(1_000_001_008.0);
    assertThat(histogram.getMin()).isEqualTo(1);
    assertThat(histogram.getMax()).isEqualTo(1_000_000_007);
    double base = Math.pow(2, Math.pow(2, -4));
    List<Long> counts = histogram.getPositive().getBucketCountsList();
    for (long value : new long[] {1, 1000, 1_000_000_007}) {
      // The data model's own: bucket i holds what is above base^i, and at most base^(i+1).
      int index = (int) Math.ceil(Math.log(value) / Math.log(base)) - 1;
      assertThat(counts.get(index - histogram.getPositive().getOffset())).isEqualTo(1);
    }
  }

  @Test
  void timer_thatIsSampledTellsItsCalls() throws Exception {
    backend.flush(timers(new TimerTotal(KEY, 64, 5, 5, 5, Histogram.ofOne(5))));

    assertThat(points()).extracting(OtlpReader.Point::metric).contains("n.time", "n.time.calls");
    assertThat(points().get(0).value()).isEqualTo(64L);
    assertThat(points().get(1).histogram().getCount()).isEqualTo(1);
  }

  @Test
  void gauge_hasEachValue() throws Exception {
    List<GaugeValue> gauges = List.of(new GaugeValue(KEY, 5, 1.5), new GaugeValue(KEY, 6, -2));
    backend.flush(new Snapshot(1, 0, END_MILLIS, List.of(), List.of(), gauges));

    assertThat(points()).extracting(OtlpReader.Point::metric).containsOnly("n.value");
    // A unit of 1 is a ratio: Prometheus would call it n_value_ratio.
    assertThat(points()).extracting(OtlpReader.Point::unit).containsOnly("");
    assertThat(points()).extracting(OtlpReader.Point::value).containsExactly(1.5, -2.0);
    assertThat(points())
        .extracting(OtlpReader.Point::timeNanos)
        .containsExactly(5_000_000L, 6_000_000L);
  }

  /** Two applications may share a series, and tell of the same second one after the other. */
  @Test
  void gauges_areInTheOrderOfTheirTimes_andOneOfAMillisecondIsLeft() throws Exception {
    SeriesKey other = new SeriesKey("o", "s");
    List<GaugeValue> gauges =
        List.of(
            new GaugeValue(KEY, 900, 1),
            new GaugeValue(KEY, 1000, 2),
            new GaugeValue(other, 1000, 7),
            new GaugeValue(KEY, 200, 3),
            new GaugeValue(KEY, 1000, 4));
    backend.flush(new Snapshot(1, 0, END_MILLIS, List.of(), List.of(), gauges));

    assertThat(points())
        .extracting(each -> each.metric() + ' ' + each.timeNanos() / 1_000_000 + ' ' + each.value())
        .containsExactlyInAnyOrder(
            "n.value 200 3.0", "n.value 900 1.0", "n.value 1000 4.0", "o.value 1000 7.0")
        .containsSubsequence("n.value 200 3.0", "n.value 900 1.0", "n.value 1000 4.0");
  }

  @Test
  void kinds_ofOneNameStayApart() throws Exception {
    TimerTotal timer = new TimerTotal(KEY, 64, 5, 5, 5, Histogram.ofOne(5));
    List<CounterTotal> counters =
        List.of(
            new CounterTotal(KEY, 1),
            new CounterTotal(new SeriesKey("n.time", "s", Map.of("k", "v")), 1),
            new CounterTotal(new SeriesKey("n.time.calls", "s", Map.of("k", "v")), 1),
            new CounterTotal(new SeriesKey("n.value", "s", Map.of("k", "v")), 1));
    backend.flush(
        new Snapshot(
            1, 0, END_MILLIS, counters, List.of(timer), List.of(new GaugeValue(KEY, 5, 1))));

    assertThat(taken()).isEqualTo(6);
  }

  @Test
  void time_thatIsNoneIsRefused() {
    GaugeValue gauge = new GaugeValue(KEY, -1, 1);

    assertThatThrownBy(
            () ->
                backend.flush(new Snapshot(1, 0, END_MILLIS, List.of(), List.of(), List.of(gauge))))
        .isInstanceOf(RefusedException.class);
  }

  private StubService.Answer partial(long rejected) throws Exception {
    ExportMetricsServiceResponse response =
        ExportMetricsServiceResponse.newBuilder()
            .setPartialSuccess(
                ExportMetricsPartialSuccess.newBuilder()
                    .setRejectedDataPoints(rejected)
                    .setErrorMessage("too odd"))
            .build();
    byte[] body =
        json()
            ? com.google.protobuf.util.JsonFormat.printer()
                .print(response)
                .getBytes(StandardCharsets.UTF_8)
            : response.toByteArray();
    return new StubService.Answer(200, body, Map.of(), 0, 0);
  }

  @Test
  void partialSuccess_setsOneAside() throws Exception {
    service.next(partial(1));

    assertThatThrownBy(() -> backend.flush(ONE))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("rejected 1 points: too odd");
  }

  /** OTLP forbids to send it again. */
  @Test
  void partialSuccess_ofManyIsDeliveredButForThose() throws Exception {
    service.next(partial(1));

    assertThatThrownBy(() -> backend.flush(counters(new CounterTotal(KEY, 3), OTHER)))
        .isInstanceOf(TakenInPartException.class)
        .hasMessageContaining("rejected 1 points: too odd");
    assertThat(service.requests()).hasSize(1);
  }

  @Test
  void series_beyondTheMostAreToldOf_andTheRestIsSent() throws Exception {
    backend.close();
    backend = create(1, true);
    List<GaugeValue> gauges = List.of(new GaugeValue(KEY, 5, 1.5));

    assertThatThrownBy(
            () ->
                backend.flush(
                    new Snapshot(
                        1,
                        0,
                        END_MILLIS,
                        List.of(new CounterTotal(KEY, 3), OTHER),
                        List.of(),
                        gauges)))
        .isInstanceOf(TakenInPartException.class)
        .hasMessageContaining("1 more than the 1 series there may be");
    assertThat(points()).extracting(OtlpReader.Point::metric).containsExactly("n", "n.value");
    assertThatThrownBy(() -> backend.flush(counters(OTHER)))
        .isInstanceOf(TakenInPartException.class);
    assertThat(service.requests()).hasSize(1);
  }

  @Test
  void partialSuccess_thatRejectsNothingIsAWarning() throws Exception {
    service.next(partial(0));
    backend.flush(ONE);
  }

  @Test
  void answer_thatIsNoneIsASuccess() throws Exception {
    for (String body : List.of("ok", "{\"partialSuccess\":7}", "\u0001", "[", "\n\u007f")) {
      service.next(new StubService.Answer(200, body));
      backend.flush(ONE);
    }
  }

  /** As Prometheus does that was not told to take native histograms. */
  @Test
  void flush_ofWhatFailsAtTheReceiverIsRefused_andInTheNextTotal() throws Exception {
    service.next(new StubService.Answer(500, "native histograms are disabled"));
    assertThatThrownBy(() -> backend.flush(later(1, new CounterTotal(KEY, 3))))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("native histograms");
    backend.flush(later(2, new CounterTotal(KEY, 4)));

    assertThat(points()).extracting(OtlpReader.Point::value).containsExactly(3L, 7L);
  }

  @Test
  void connect_isTriedAgainWhereTheReceiverFails() {
    service.next(500);

    assertThatThrownBy(backend::connect).isInstanceOf(IOException.class);
  }

  @Test
  void connect_sendsNothing() throws Exception {
    backend.connect();

    assertThat(points()).isEmpty();
    assertThat(service.requests()).hasSize(1);
  }

  @Test
  void connect_isContentWithABadRequest() throws Exception {
    service.next(new StubService.Answer(400, "no metrics"));
    backend.connect();
  }

  @Test
  void connect_tellsOfAWrongPath() {
    service.next(404);

    assertThatThrownBy(backend::connect)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("/v1/metrics")
        .hasMessageContaining("404");
  }

  @Test
  void headers_areNeverTold() {
    service.always(request -> new StubService.Answer(401, "no"));

    assertThatThrownBy(backend::connect).hasMessageNotContaining("secret");
  }

  @Test
  void flush_afterCloseIsARetry() throws Exception {
    backend.close();

    assertThatThrownBy(() -> backend.flush(ONE)).isInstanceOf(IOException.class);
    assertThat(service.requests()).isEmpty();
  }
}
