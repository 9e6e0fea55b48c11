package io.zibrato.backends.librato;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.zibrato.backends.Backend;
import io.zibrato.backends.CounterTotal;
import io.zibrato.backends.GaugeValue;
import io.zibrato.backends.RefusedException;
import io.zibrato.backends.SeriesKey;
import io.zibrato.backends.Snapshot;
import io.zibrato.backends.TimerTotal;
import io.zibrato.backends.testing.BackendContract;
import io.zibrato.librato.LibratoClient;
import io.zibrato.librato.Measurement;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The contract against the real store: what it took is what it gives back, series by series. The
 * store keeps all, since the contract's times are long ago.
 */
class StoreIT extends BackendContract {
  private static final Path JAR = Path.of("..", "store", "target", "zibrato-store.jar");

  @TempDir private Path data;
  private final HttpClient http = HttpClient.newHttpClient();
  private Process store;
  private URI url;
  private LibratoBackend backend;

  @BeforeEach
  void start() throws IOException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    ProcessBuilder builder =
        new ProcessBuilder(
            java.toString(),
            "-jar",
            JAR.toString(),
            "--port",
            "0",
            "--data",
            data.toString(),
            "--keep-raw",
            "forever");
    builder.environment().keySet().removeIf(key -> key.startsWith("LIBRATO_"));
    store = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    BufferedReader out = store.inputReader(StandardCharsets.UTF_8);
    String line = out.readLine();
    assertThat(line).startsWith("store listening on ");
    url = URI.create(line.substring("store listening on ".length()));
    backend =
        new LibratoBackend(new LibratoOptions(url, "", "", List.of(), "", Duration.ofSeconds(10)));
  }

  @AfterEach
  void stop() throws Exception {
    backend.close();
    store.destroyForcibly().waitFor();
  }

  @Override
  protected Backend backend() {
    return backend;
  }

  /** Librato's bounds, which the store has too. */
  @Override
  protected boolean holds(io.zibrato.backends.Measurement measurement) {
    return measurement instanceof GaugeValue gauge
        ? Math.abs(gauge.value()) <= 1e126
        : !(measurement instanceof TimerTotal timer) || timer.count() <= 1L << 53;
  }

  /** Each series of the contract has one measurement, so one value a source and metric. */
  @Override
  protected int taken() throws Exception {
    int taken = 0;
    for (String name : names()) {
      String path = "/v1/metrics/" + URLEncoder.encode(name, StandardCharsets.UTF_8);
      JsonObject sources =
          get(path + "?resolution=1&start_time=1&count=100").getAsJsonObject("measurements");
      for (String source : sources.keySet()) {
        for (JsonElement value : sources.getAsJsonArray(source)) {
          assertThat(value.getAsJsonObject().has("value")).as(name + ' ' + source).isTrue();
          taken++;
        }
      }
    }
    return taken;
  }

  /** All of ours are gauges there: what somebody else made a counter is not for us to write to. */
  @Test
  void metricOfAnotherType_isRefused() throws Exception {
    try (LibratoClient other =
        LibratoClient.builder().url(url.toString()).credentials("", "").build()) {
      other.metrics().submit(Measurement.counter("theirs", 1L));
    }

    SeriesKey theirs = new SeriesKey("Theirs", "");
    assertThatThrownBy(() -> backend.flush(counters(new CounterTotal(theirs, 1))))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("'theirs' is a counter");
  }

  /** As after a lost answer, or a kill: under the snapshot's key it is stored once. */
  @Test
  void snapshot_thatComesTwiceIsStoredOnce() throws Exception {
    Snapshot snapshot = counters(new CounterTotal(new SeriesKey("n", "s"), 3));

    backend.flush(snapshot);
    backend.flush(snapshot);

    JsonObject sources =
        get("/v1/metrics/n?resolution=1&start_time=1&count=100").getAsJsonObject("measurements");
    JsonObject sample = sources.getAsJsonArray("s").get(0).getAsJsonObject();
    assertThat(sample.get("count").getAsLong()).isEqualTo(1);
    assertThat(sample.get("sum").getAsDouble()).isEqualTo(3);
  }

  private List<String> names() throws Exception {
    List<String> names = new ArrayList<>();
    for (int found = -1; found != 0; ) {
      JsonObject page = get("/v1/metrics?length=100&offset=" + names.size());
      found = page.getAsJsonArray("metrics").size();
      for (JsonElement each : page.getAsJsonArray("metrics")) {
        names.add(each.getAsJsonObject().get("name").getAsString());
      }
    }
    return names;
  }

  private JsonObject get(String path) throws Exception {
    HttpResponse<String> response =
        http.send(
            HttpRequest.newBuilder(URI.create(url + path)).build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).as(path + ' ' + response.body()).isEqualTo(200);
    return JsonParser.parseString(response.body()).getAsJsonObject();
  }
}
