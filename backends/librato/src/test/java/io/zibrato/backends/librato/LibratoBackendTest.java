package io.zibrato.backends.librato;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.gson.JsonObject;
import io.zibrato.backends.Backend;
import io.zibrato.backends.CounterTotal;
import io.zibrato.backends.RefusedException;
import io.zibrato.backends.RetryException;
import io.zibrato.backends.SeriesKey;
import io.zibrato.backends.Snapshot;
import io.zibrato.backends.testing.HttpBackendContract;
import io.zibrato.backends.testing.StubService;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LibratoBackendTest extends HttpBackendContract {
  private final LibratoBackend backend = backend("user", List.of());

  private LibratoBackend backend(String username, List<String> percentiles) {
    return new LibratoBackend(
        new LibratoOptions(
            URI.create(service.url()), username, "secret", percentiles, "", Duration.ofSeconds(1)));
  }

  @Override
  protected Backend backend() {
    return backend;
  }

  @Override
  protected int taken() {
    List<JsonObject> all = LibratoReader.measurements(service);
    Set<String> series = new HashSet<>();
    for (JsonObject each : all)
      series.add((each.get("name") + " ").toLowerCase(Locale.ROOT) + each.get("source"));
    assertThat(series).as("no two series are merged").hasSameSizeAs(all);
    return all.size();
  }

  @Override
  protected Optional<List<Double>> takenValues() {
    return Optional.of(
        LibratoReader.measurements(service).stream()
            .map(each -> each.get(each.has("count") ? "count" : "value").getAsDouble())
            .toList());
  }

  @Test
  void flush_sendsWhatLibratoAsksFor() throws Exception {
    backend.flush(counters(new CounterTotal(new SeriesKey("n", "s"), 3)));

    StubService.Request request = service.requests().get(0);
    String pair =
        Base64.getEncoder().encodeToString("user:secret".getBytes(StandardCharsets.UTF_8));
    assertThat(request.path()).isEqualTo("/v1/metrics");
    assertThat(request.authorization()).isEqualTo("Basic " + pair);
    assertThat(request.userAgent()).startsWith("zibrato-librato/");
    assertThat(request.body())
        .isEqualTo(
            "{\"gauges\":[{\"name\":\"n\",\"value\":3,\"source\":\"s\","
                + "\"measure_time\":1700000060}]}");
  }

  /** Also by the worker after this one: the key is the snapshot's own. */
  @Test
  void flush_hasTheSnapshotsKey() throws Exception {
    Snapshot snapshot = counters(new CounterTotal(new SeriesKey("n", "s"), 3));
    service.next(500);
    assertThatThrownBy(() -> backend.flush(snapshot)).isInstanceOf(RetryException.class);
    try (LibratoBackend next = backend("user", List.of())) {
      next.flush(snapshot);
    }
    backend.flush(counters(new CounterTotal(new SeriesKey("n", "s"), 4)));

    assertThat(service.requests())
        .extracting(StubService.Request::idempotencyKey)
        .containsExactly(
            '"' + snapshot.fingerprint() + '"',
            '"' + snapshot.fingerprint() + '"',
            '"' + counters(new CounterTotal(new SeriesKey("n", "s"), 4)).fingerprint() + '"');
  }

  @Test
  void flush_leavesRetryAfterToTheWorker() {
    service.next(new StubService.Answer(503, "", Map.of("Retry-After", "5"), 0));
    Snapshot snapshot = counters(new CounterTotal(new SeriesKey("n", "s"), 3));

    RetryException e = catchThrowableOfType(RetryException.class, () -> backend.flush(snapshot));

    assertThat(e.retryAfter()).hasSeconds(5);
    assertThat(e.ambiguous()).isFalse();
    assertThat(service.requests()).hasSize(1);
  }

  /** As by a worker that has to end: what is not sent any more was not refused. */
  @Test
  void flush_afterCloseIsARetry() {
    backend.close();

    RetryException e =
        catchThrowableOfType(
            RetryException.class,
            () -> backend.flush(counters(new CounterTotal(new SeriesKey("n", "s"), 3))));

    assertThat(e.ambiguous()).isFalse();
    assertThat(service.requests()).isEmpty();
  }

  @Test
  void flush_doesNotReadOnAndOn() throws Exception {
    service.next(new StubService.Answer(200, "x".repeat(10 << 20)));

    backend.flush(counters(new CounterTotal(new SeriesKey("n", "s"), 3)));
  }

  @Test
  void refusal_isToldWithoutControlCharacters() {
    service.next(new StubService.Answer(422, "\u001b[2Jno"));

    assertThatThrownBy(() -> backend.flush(counters(new CounterTotal(new SeriesKey("n", "s"), 3))))
        .isInstanceOf(RefusedException.class)
        .hasMessage("[422] [2Jno");
  }

  @Test
  void connect_asksForOneMetric() throws Exception {
    backend.connect();

    assertThat(service.requests())
        .extracting(request -> request.method() + ' ' + request.path())
        .containsExactly("GET /v1/metrics?length=1");
  }

  @Test
  void credentials_areLeftOut() throws Exception {
    try (LibratoBackend open = backend("", List.of())) {
      open.connect();
    }

    assertThat(service.requests().get(0).authorization()).isEmpty();
  }

  @Test
  void credentials_areNeverTold() {
    service.always(request -> new StubService.Answer(401, "no"));

    assertThatThrownBy(backend::connect).hasMessageNotContaining("secret");
  }

  @Test
  void redirect_isNotFollowed() {
    service.next(
        new StubService.Answer(302, "", Map.of("Location", service.url() + "/elsewhere"), 0));

    assertThatThrownBy(() -> backend.flush(counters(new CounterTotal(new SeriesKey("n", ""), 1))))
        .isInstanceOf(RetryException.class);
    assertThat(service.requests()).hasSize(1);
  }

  @Test
  void batchSize_leavesRoomForPercentiles() throws Exception {
    assertThat(backend.batchSize()).isEqualTo(300);
    try (LibratoBackend more = backend("user", List.of("50", "95", "99"))) {
      assertThat(more.batchSize()).isEqualTo(75);
    }
  }
}
