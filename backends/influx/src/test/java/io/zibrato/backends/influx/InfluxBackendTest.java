package io.zibrato.backends.influx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.zibrato.backends.Backend;
import io.zibrato.backends.CounterTotal;
import io.zibrato.backends.GaugeValue;
import io.zibrato.backends.RefusedException;
import io.zibrato.backends.RetryException;
import io.zibrato.backends.SeriesKey;
import io.zibrato.backends.Snapshot;
import io.zibrato.backends.testing.HttpBackendContract;
import io.zibrato.backends.testing.StubService;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InfluxBackendTest extends HttpBackendContract {
  private static final Snapshot ONE = counters(new CounterTotal(new SeriesKey("n", "s"), 3));

  private final InfluxBackend backend = new InfluxBackend(options("/write?db=d", true));

  private InfluxOptions options(String write, boolean gzip) {
    return options(service.url() + write, "Token secret", gzip);
  }

  static InfluxOptions options(String write, String authorization, boolean gzip) {
    return new InfluxOptions(
        URI.create(write),
        "database \"d\"",
        authorization,
        Map.of(),
        List.of("50", "99.9"),
        gzip,
        Duration.ofSeconds(write.contains("localhost") ? 10 : 1));
  }

  @Override
  protected Backend backend() {
    return backend;
  }

  @Override
  protected boolean countsTwice() {
    return false;
  }

  @Override
  protected int taken() {
    Set<String> points = new HashSet<>();
    int lines = 0;
    for (StubService.Request request : service.requests()) {
      for (LineReader.Line each : LineReader.lines(request.body())) {
        lines++;
        points.add(each.name() + each.tags() + each.fields().keySet() + each.time());
      }
    }
    assertThat(points).as("no two points are one").hasSize(lines);
    return lines;
  }

  @Override
  protected Optional<List<Double>> takenValues() {
    List<Double> values = new ArrayList<>();
    for (StubService.Request request : service.requests()) {
      for (LineReader.Line each : LineReader.lines(request.body())) {
        Set<String> told = new HashSet<>(each.fields().keySet());
        told.retainAll(Set.of("count", "calls", "value"));
        assertThat(told).hasSize(1);
        String value = each.fields().get(told.iterator().next());
        values.add(Double.parseDouble(value.replace("i", "")));
      }
    }
    return Optional.of(values);
  }

  @Test
  void flush_postsLines() throws Exception {
    backend.flush(ONE);

    StubService.Request request = service.requests().get(0);
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.path()).isEqualTo("/write?db=d");
    assertThat(request.authorization()).isEqualTo("Token secret");
    assertThat(request.userAgent()).startsWith("zibrato-influx/");
    assertThat(request.header("Content-Encoding")).isEqualTo("gzip");
    assertThat(request.body()).matches("n,source=s count=3i 1700000060000\\d{6}\n");
  }

  @Test
  void flush_withoutGzip() throws Exception {
    try (InfluxBackend plain = new InfluxBackend(options("/write?db=d", false))) {
      plain.flush(ONE);
    }

    assertThat(service.requests().get(0).header("Content-Encoding")).isEmpty();
    assertThat(service.requests().get(0).body()).startsWith("n,source=s count=3i ");
  }

  @Test
  void flush_againHasTheSameLines() throws Exception {
    service.next(500);
    assertThatThrownBy(() -> backend.flush(ONE)).isInstanceOf(RetryException.class);
    backend.flush(ONE);

    List<StubService.Request> requests = service.requests();
    assertThat(requests.get(1).body()).isEqualTo(requests.get(0).body());
  }

  /** It would have to be set aside else, and all that comes until somebody makes the database. */
  @Test
  void flush_waitsForTheDatabase() {
    String why = "{\"error\":\"database not found: \\\"d\\\"\"}";
    service.always(request -> new StubService.Answer(404, why));

    RetryException e = catchThrowableOfType(RetryException.class, () -> backend.flush(ONE));

    assertThat(e).hasMessageContaining("has no database \"d\"");
    assertThat(e.ambiguous()).isFalse();
    assertThatThrownBy(backend::connect)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("has no database \"d\"");
  }

  @Test
  void flush_refusesATimeThatIsNone() {
    GaugeValue gauge = new GaugeValue(new SeriesKey("g", "s"), Long.MAX_VALUE / 1000, 1);

    assertThatThrownBy(
            () ->
                backend.flush(new Snapshot(1, 0, END_MILLIS, List.of(), List.of(), List.of(gauge))))
        .isInstanceOf(RefusedException.class);
  }

  @Test
  void connect_writesNothing() throws Exception {
    backend.connect();

    assertThat(service.requests()).extracting(StubService.Request::body).containsExactly("");
  }

  /** InfluxDB 2.0 wants points, and says so to those whom it knows. */
  @Test
  void connect_isContentWhereOnlyPointsAreMissing() throws Exception {
    service.next(
        new StubService.Answer(
            400, "{\"code\":\"invalid\",\"message\":\"writing requires points\"}"));

    backend.connect();
  }

  /** All that came would be set aside else. */
  @ParameterizedTest
  @CsvSource({
    "400, Please provide either orgID or org",
    "400, database is required",
    "404, 404 page",
    "413, too large"
  })
  void connect_tellsWhatElseIsMissing(int status, String why) {
    service.next(new StubService.Answer(status, why));

    assertThatThrownBy(backend::connect)
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("InfluxDB at ")
        .hasMessageContaining(why);
  }

  @Test
  void credentials_areNeverTold() {
    service.always(request -> new StubService.Answer(401, "no"));

    assertThatThrownBy(backend::connect).hasMessageNotContaining("secret");
    assertThat(options("/write?db=d", true).toString()).doesNotContain("secret");
  }

  @Test
  void redirect_isNotFollowed() {
    service.next(new StubService.Answer(302, "", Map.of("Location", service.url() + "/x"), 0));

    assertThatThrownBy(() -> backend.flush(ONE)).isInstanceOf(RetryException.class);
    assertThat(service.requests()).hasSize(1);
  }

  @Test
  void flush_afterCloseIsARetry() {
    backend.close();

    RetryException e = catchThrowableOfType(RetryException.class, () -> backend.flush(ONE));

    assertThat(e.ambiguous()).isFalse();
    assertThat(service.requests()).isEmpty();
  }
}
