package io.zibrato.backends.librato;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import io.zibrato.backends.Backend;
import io.zibrato.backends.CounterTotal;
import io.zibrato.backends.RetryException;
import io.zibrato.backends.SeriesKey;
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
            "{\"gauges\":[{\"name\":\"n\",\"source\":\"s\",\"measure_time\":1700000060,"
                + "\"value\":3}]}");
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
