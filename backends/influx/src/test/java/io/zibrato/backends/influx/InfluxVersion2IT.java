package io.zibrato.backends.influx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.zibrato.backends.CounterTotal;
import io.zibrato.backends.GaugeValue;
import io.zibrato.backends.SeriesKey;
import io.zibrato.backends.Snapshot;
import io.zibrato.backends.testing.Tools;
import io.zibrato.processes.Child;
import io.zibrato.processes.Children;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Debian's VictoriaMetrics, which takes what InfluxDB 2 does. */
class InfluxVersion2IT {
  private static final long END_MILLIS = 1_700_000_060_000L;

  @TempDir Path dir;
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

  @Test
  void points_areReadBack() throws Exception {
    Path program = Tools.program("victoria-metrics", "Debian's package victoria-metrics");
    String address = "127.0.0.1:" + Tools.freePort();
    String url = "http://" + address;
    List<String> command =
        List.of(
            program.toString(),
            "-httpListenAddr=" + address,
            "-storageDataPath=" + dir.resolve("data"),
            "-retentionPeriod=100y");
    try (Children children = new Children()) {
      Child child = children.start("victoria-metrics", dir, "started", command);
      await()
          .atMost(Duration.ofSeconds(60))
          .ignoreExceptionsInstanceOf(ConnectException.class)
          .until(
              () -> {
                child.check();
                return get(url + "/health").equals("OK");
              });
      String write = url + "/api/v2/write?org=o&bucket=b&precision=ns";
      try (InfluxBackend backend =
          new InfluxBackend(InfluxBackendTest.options(write, "Token secret", true))) {
        backend.connect();
        SeriesKey key = new SeriesKey("or ders", "web=1", Map.of("a,b", "c d"));
        Snapshot snapshot =
            new Snapshot(
                1,
                END_MILLIS - 1000,
                END_MILLIS,
                List.of(new CounterTotal(key, 3)),
                List.of(),
                List.of(new GaugeValue(key, END_MILLIS - 500, -1.5)));
        backend.flush(snapshot);
      }
      get(url + "/internal/force_flush");

      assertHeld(url, "or ders_count", 3, END_MILLIS);
      assertHeld(url, "or ders_value", -1.5, END_MILLIS - 500);
    }
  }

  private void assertHeld(String url, String name, double value, long millis) throws Exception {
    String match = "{__name__=\"" + name + "\"}";
    String query = "?match[]=" + URLEncoder.encode(match, StandardCharsets.UTF_8);
    String json = get(url + "/api/v1/export" + query.replace("[]", "%5B%5D"));
    JsonObject series = JsonParser.parseString(json).getAsJsonObject();
    JsonObject metric = series.getAsJsonObject("metric");
    assertThat(metric.get("source").getAsString()).isEqualTo("web=1");
    assertThat(metric.get("a,b").getAsString()).isEqualTo("c d");
    assertThat(series.getAsJsonArray("values").get(0).getAsDouble()).isEqualTo(value);
    assertThat(series.getAsJsonArray("timestamps").get(0).getAsLong()).isEqualTo(millis);
  }

  private String get(String url) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(30)).build();
    return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }
}
