package io.zibrato.backends.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.zibrato.backends.CounterTotal;
import io.zibrato.backends.GaugeValue;
import io.zibrato.backends.SeriesKey;
import io.zibrato.backends.Snapshot;
import io.zibrato.backends.TimerTotal;
import io.zibrato.backends.Totals;
import io.zibrato.backends.testing.EndToEnd;
import io.zibrato.backends.testing.Tools;
import io.zibrato.meter.Histogram;
import io.zibrato.processes.Child;
import io.zibrato.processes.Children;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Debian's Prometheus, by its API. */
class PrometheusIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path dir;

  /**
   * A million woven calls and more from two applications. Prometheus is killed in their midst, and
   * the worker soon after, each at whatever moment.
   */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void totals_areExactOverKills(boolean natively) throws Exception {
    int target = Tools.freePort();
    Server server = Server.prometheus(dir, target, natively);
    try (EndToEnd run = new EndToEnd(dir, "prometheus")) {
      Child process = server.start(run::start);
      run.startWorker("--listen", "127.0.0.1:" + target, "--flush", "1");
      run.startApplications(2);
      run.call(300_000);
      await().atMost(PATIENCE).until(() -> server.query("e2e_hits_total").size() == 2);

      run.go();
      double before = server.value("sum(e2e_hits_total)");
      await()
          .ignoreExceptions()
          .atMost(PATIENCE)
          .until(() -> server.value("sum(e2e_hits_total)") > before);
      process.kill();
      process.awaitEnd(10_000);
      run.killWorker();
      server.start(run::start);
      run.startWorkerAgain();
      run.rest();
      run.stopApplications();

      assertThat(run.calls()).isGreaterThan(1_200_000);
      for (EndToEnd.Counted each : run.counted()) assertHeld(server, each, natively);
      assertThat(server.value("sum(rate(e2e_hits_total[10m]))")).isPositive();
      run.stopWorker();
      run.startWorkerAgain();
      for (EndToEnd.Counted each : run.counted()) assertHeld(server, each, natively);
    }
  }

  private static void assertHeld(Server server, EndToEnd.Counted counted, boolean natively) {
    String of = "{source=\"" + counted.source() + "\"}";
    String ofHits = "{source=\"" + counted.source() + "\",shop=\"main\"}";
    String known = "e2e_known_seconds";
    String works = "e2e_works_seconds";
    EndToEnd.settles(() -> server.value("e2e_hits_total" + ofHits), (double) counted.hits());
    EndToEnd.settles(() -> server.value("e2e_works_calls_total" + of), (double) counted.works());
    EndToEnd.settles(() -> server.value(count(works, of, natively)), (double) counted.works());
    EndToEnd.settles(() -> server.value(count(known, of, natively)), (double) counted.known());
    String sum = natively ? "histogram_sum(" + known + of + ")" : known + "_sum" + of;
    EndToEnd.settles(() -> server.value(sum), counted.knownNanos() / 1e9);
    EndToEnd.settles(() -> server.value("e2e_depth_value" + of), (double) -counted.hits());
  }

  private static String count(String histogram, String of, boolean natively) {
    return natively ? "histogram_count(" + histogram + of + ")" : histogram + "_count" + of;
  }

  /** A hundred calls a second of a millisecond each, some of ten, and a gauge. */
  private static Snapshot second(long id, long endMillis) {
    SeriesKey key = new SeriesKey("shop.order", "web1", Map.of("shop", "main"));
    Histogram histogram = Histogram.EMPTY;
    for (int i = 0; i < 100; i++) {
      histogram = histogram.plus(Histogram.ofOne(i < 90 ? 1_000_000 : 10_000_000));
    }
    TimerTotal timer = new TimerTotal(key, 100, 190_000_000, 1_000_000, 10_000_000, histogram);
    return new Snapshot(
        id,
        endMillis - 1000,
        endMillis,
        List.of(new CounterTotal(key, 5)),
        List.of(timer),
        List.of(new GaugeValue(key, endMillis, -2.5)));
  }

  private PrometheusOptions options(int port) {
    return PrometheusBackendTest.options(
        new Totals.Settings(dir.resolve("state"), Duration.ofDays(1), 1000), port);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void quantilesAndRates_areThoseOfWhatWasMeasured(boolean natively) throws Exception {
    int target = Tools.freePort();
    Server server = Server.prometheus(dir, target, natively);
    try (PrometheusBackend backend = new PrometheusBackend(options(target));
        Children children = new Children()) {
      backend.connect();
      backend.flush(second(1, System.currentTimeMillis()));
      server.start((name, ready, command) -> children.start(name, dir, ready, command));
      await().atMost(PATIENCE).until(() -> server.query("shop_order_total").size() == 1);
      backend.flush(second(2, System.currentTimeMillis() + 1000));
      EndToEnd.settles(() -> server.value("shop_order_total"), 10.0);

      String buckets = natively ? "shop_order_seconds" : "shop_order_seconds_bucket";
      double median = server.value("histogram_quantile(0.5, rate(" + buckets + "[5m]))");
      double most = server.value("histogram_quantile(0.99, " + buckets + ")");
      if (natively) {
        assertThat(median).isBetween(0.00095, 0.00107);
        assertThat(most).isBetween(0.0095, 0.0107);
      } else {
        assertThat(median).isBetween(0.000524288, 0.001048576);
        assertThat(most).isBetween(0.008388608, 0.016777216);
      }
      assertThat(server.value("increase(shop_order_total[5m])")).isPositive();
      assertThat(server.value("shop_order_value")).isEqualTo(-2.5);
    }
  }

  @Test
  void text_passesPromtool() throws Exception {
    Path promtool = Tools.program("promtool", "Debian's package prometheus");
    try (PrometheusBackend backend = new PrometheusBackend(options(0))) {
      backend.connect();
      backend.flush(second(1, System.currentTimeMillis()));
      URI uri = URI.create("http://127.0.0.1:" + backend.port() + "/metrics");
      HttpResponse<String> answer =
          HttpClient.newHttpClient()
              .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
      Path file = Files.writeString(dir.resolve("metrics.txt"), answer.body());

      assertThat(answer.body()).contains("shop_order_total{shop=\"main\",source=\"web1\"} 5.0\n");
      String check = promtool + " check metrics < " + file + " 2>&1";
      assertThat(Tools.output(dir, List.of("sh", "-c", check))).isEmpty();
    }
  }
}
