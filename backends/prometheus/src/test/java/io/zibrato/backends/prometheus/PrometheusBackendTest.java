package io.zibrato.backends.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zibrato.backends.Backend;
import io.zibrato.backends.CounterTotal;
import io.zibrato.backends.FatalException;
import io.zibrato.backends.GaugeValue;
import io.zibrato.backends.SeriesKey;
import io.zibrato.backends.Snapshot;
import io.zibrato.backends.TimerTotal;
import io.zibrato.backends.Totals;
import io.zibrato.backends.testing.BackendContract;
import io.zibrato.meter.Histogram;
import java.io.ByteArrayInputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The contract, scraped as text. */
class PrometheusBackendTest extends BackendContract {
  private static final String OPEN_METRICS = "application/openmetrics-text;version=1.0.0";
  private static final String PROTOBUF =
      "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited";

  @TempDir Path dir;
  private PrometheusBackend backend;

  static PrometheusOptions options(Totals.Settings totals, int port) {
    return new PrometheusOptions(
        totals,
        Optional.of(InetSocketAddress.createUnresolved("127.0.0.1", port)),
        Optional.empty(),
        "",
        Duration.ofSeconds(1),
        1);
  }

  private PrometheusBackend create(int port) {
    // The contract's snapshots are of a day long ago.
    return new PrometheusBackend(
        options(new Totals.Settings(dir, Duration.ofDays(100_000), 100_000), port));
  }

  @BeforeEach
  void open() throws Exception {
    backend = create(0);
    backend.connect();
  }

  @AfterEach
  void close() throws Exception {
    backend.close();
  }

  @Override
  protected Backend backend() {
    return backend;
  }

  private HttpResponse<byte[]> get(String path, String... headers) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + backend.port() + path);
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    if (headers.length > 0) request.headers(headers);
    return HttpClient.newHttpClient()
        .send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private String scrape(String accept) throws Exception {
    return new String(get("/metrics", "Accept", accept).body(), StandardCharsets.UTF_8);
  }

  @Override
  protected int taken() throws Exception {
    Set<String> series = new HashSet<>();
    Set<String> families = new HashSet<>();
    for (String line : scrape("text/plain").split("\n")) {
      if (line.startsWith("# TYPE ")) assertThat(families.add(line.split(" ")[2])).isTrue();
      if (line.isEmpty() || line.startsWith("#")) continue;
      assertThat(line)
          .matches(
              "[A-Za-z_][A-Za-z0-9_]*"
                  + "(\\{([A-Za-z_][A-Za-z0-9_]*=\"(?:[^\"\\\\]++|\\\\[\\\\\"n])*+\",?)*})? [-+0-9.EIaNnf]+");
      String id = line.substring(0, line.lastIndexOf(' '));
      boolean ofTimer = id.matches("(?s)[^{]*(_seconds_(bucket|count|sum)|_calls_total)(\\{.*)?");
      if (!ofTimer) assertThat(series.add(id)).isTrue();
      else if (id.matches("(?s)[^{]*_seconds_count(\\{.*)?")) series.add(id);
    }
    return series.size();
  }

  /** Of a timer, its calls tell how many there were; the histogram has those that were timed. */
  @Override
  protected Optional<List<Double>> takenValues() throws Exception {
    List<Double> values = new ArrayList<>();
    for (String line : scrape("text/plain").split("\n")) {
      if (line.isEmpty() || line.startsWith("#")) continue;
      int end = line.lastIndexOf(' ');
      boolean timed =
          line.substring(0, end).matches("(?s)[^{]*_seconds_(bucket|count|sum)(\\{.*)?");
      if (!timed) values.add(Double.parseDouble(line.substring(end + 1)));
    }
    return Optional.of(values);
  }

  private static final SeriesKey KEY = new SeriesKey("a.b", "web1", Map.of("k", "v"));

  private static Snapshot interval(long id, long nanos) {
    return new Snapshot(
        id,
        END_MILLIS + id * 1000 - 1000,
        END_MILLIS + id * 1000,
        List.of(new CounterTotal(KEY, 2)),
        List.of(new TimerTotal(KEY, 4, nanos, nanos, nanos, Histogram.ofOne(nanos))),
        List.of(new GaugeValue(KEY, END_MILLIS + id * 1000 - 1, id)));
  }

  @Test
  void text_hasAll() throws Exception {
    backend.flush(interval(1, 1_500_000));
    backend.flush(interval(2, 1_500_000));
    backend.flush(interval(2, 1_500_000));

    assertThat(scrape("*/*"))
        .contains("# TYPE a_b_total counter\na_b_total{k=\"v\",source=\"web1\"} 4.0\n")
        .contains("a_b_value{k=\"v\",source=\"web1\"} 2.0\n")
        .contains("a_b_calls_total{k=\"v\",source=\"web1\"} 8.0\n")
        .contains("a_b_seconds_bucket{k=\"v\",source=\"web1\",le=\"0.001048576\"} 0\n")
        .contains("a_b_seconds_bucket{k=\"v\",source=\"web1\",le=\"0.002097152\"} 2\n")
        .contains("a_b_seconds_bucket{k=\"v\",source=\"web1\",le=\"+Inf\"} 2\n")
        .contains("a_b_seconds_count{k=\"v\",source=\"web1\"} 2\n")
        .contains("a_b_seconds_sum{k=\"v\",source=\"web1\"} 0.003\n");
  }

  @Test
  void openMetrics_tellsWhenItWasCreated() throws Exception {
    backend.flush(interval(1, 5));

    HttpResponse<byte[]> answer = get("/metrics", "Accept", OPEN_METRICS);
    String text = new String(answer.body(), StandardCharsets.UTF_8);

    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/openmetrics-text; version=1.0.0");
    assertThat(text)
        .contains("# TYPE a_b counter\n")
        .contains("a_b_total{k=\"v\",source=\"web1\"} 2.0\n")
        .contains("a_b_created{k=\"v\",source=\"web1\"} 1700000060.000\n")
        .contains("a_b_seconds_created{k=\"v\",source=\"web1\"} 1700000060.000\n")
        .endsWith("# EOF\n");
  }

  @Test
  void protobuf_isGivenToWhoAsks() throws Exception {
    backend.flush(interval(1, 5));

    HttpResponse<byte[]> answer =
        get("/metrics", "Accept", OPEN_METRICS + ";q=0.5," + PROTOBUF + ";q=0.7");

    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/vnd.google.protobuf");
    assertThat(answer.body()).isNotEmpty();
  }

  @Test
  void bodies_areCompressedForWhoAsks() throws Exception {
    backend.flush(interval(1, 5));

    HttpResponse<byte[]> answer = get("/metrics", "Accept-Encoding", "gzip");

    byte[] plain = new GZIPInputStream(new ByteArrayInputStream(answer.body())).readAllBytes();
    assertThat(new String(plain, StandardCharsets.UTF_8)).isEqualTo(scrape("*/*"));
  }

  @ParameterizedTest
  @CsvSource({"gzip;q=0", "'deflate, gzip;q=0.0'", "identity", "''"})
  void bodies_areNotCompressedForWhoDoesNotTakeIt(String accepted) throws Exception {
    HttpResponse<byte[]> answer = get("/metrics", "Accept-Encoding", accepted);

    assertThat(answer.headers().firstValue("Content-Encoding")).isEmpty();
  }

  /** By the weights that Prometheus 2.42 and 3 send, and others. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        OPEN_METRICS + "|application/openmetrics-text",
        OPEN_METRICS
            + ",application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1|application/openmetrics-text",
        PROTOBUF + "," + OPEN_METRICS + ";q=0.8,text/plain;q=0.5|application/vnd.google.protobuf",
        OPEN_METRICS
            + ";q=0.6,"
            + PROTOBUF
            + ";q=0.4,text/plain;q=0.5|application/openmetrics-text",
        OPEN_METRICS + ";q=0.2,text/plain;version=0.0.4;q=0.5|text/plain",
        OPEN_METRICS + ";q=0,*/*|text/plain",
        OPEN_METRICS + ";q=0|text/plain",
        "*/*|text/plain",
        "text/*," + OPEN_METRICS + ";q=0.9|text/plain",
        "image/png|text/plain"
      })
  void format_isTheOneLikedBest(String accepted, String type) throws Exception {
    HttpResponse<byte[]> answer = get("/metrics", "Accept", accepted);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith(type);
  }

  @Test
  void otherPaths_areNotThere() throws Exception {
    assertThat(get("/").statusCode()).isEqualTo(404);
  }

  @Test
  void totals_goOnAfterARestart() throws Exception {
    backend.flush(interval(1, 5));
    backend.close();
    backend = create(0);
    backend.connect();
    backend.flush(interval(1, 5));
    backend.flush(interval(2, 5));

    assertThat(scrape("*/*")).contains("a_b_total{k=\"v\",source=\"web1\"} 4.0\n");
  }

  @Test
  void connect_saysWhichPortIsTaken() throws Exception {
    PrometheusBackend second =
        new PrometheusBackend(
            options(new Totals.Settings(dir.resolve("2"), Duration.ofDays(1), 10), backend.port()));

    assertThatThrownBy(second::connect)
        .isInstanceOf(FatalException.class)
        .hasMessageContaining("port " + backend.port());
    second.close();
  }
}
