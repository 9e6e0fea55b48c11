package io.zibrato.backends.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.zibrato.backends.CounterTotal;
import io.zibrato.backends.SeriesKey;
import io.zibrato.backends.Snapshot;
import io.zibrato.backends.Totals;
import io.zibrato.backends.testing.EndToEnd;
import io.zibrato.backends.testing.Tools;
import io.zibrato.processes.Child;
import io.zibrato.processes.Children;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Debian's VictoriaMetrics and Prometheus, sent to by remote-write and read by their API. */
class RemoteWriteIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path dir;

  /** But for sums of seconds: it keeps twelve digits of what is no whole number. */
  @Test
  void victoriaMetrics_holdsWhatWasCounted() throws Exception {
    totals_areExactOverKills(Server.victoriaMetrics(dir), 1e-12);
  }

  @Test
  void prometheus_holdsWhatWasCounted() throws Exception {
    totals_areExactOverKills(Server.prometheus(dir, Tools.freePort(), false), 0);
  }

  /**
   * A million woven calls and more from two applications. The server is killed in their midst, and
   * the worker soon after, each at whatever moment.
   */
  private void totals_areExactOverKills(Server server, double off) throws Exception {
    try (EndToEnd run = new EndToEnd(dir, "prometheus")) {
      Child process = server.start(run::start);
      run.startWorker(
          "--remote-write",
          "http://127.0.0.1:" + server.port + "/api/v1/write",
          "--flush",
          "1",
          "--retry-max",
          "1");
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
      run.worker().answer("cannot deliver, will try again", 60_000);
      server.start(run::start);
      run.worker().answer("takes measurements again", 60_000);
      run.killWorker();
      run.startWorkerAgain();
      run.rest();
      run.stopApplications();

      assertThat(run.calls()).isGreaterThan(1_200_000);
      for (EndToEnd.Counted each : run.counted()) assertHeld(server, each, off);
      run.stopWorker();
      for (EndToEnd.Counted each : run.counted()) assertHeld(server, each, off);
    }
  }

  @Test
  void victoriaMetrics_hearsOfTheEndOfASeries() throws Exception {
    stale_isGone(Server.victoriaMetrics(dir));
  }

  @Test
  void prometheus_hearsOfTheEndOfASeries() throws Exception {
    stale_isGone(Server.prometheus(dir, Tools.freePort(), false));
  }

  /** Both would show it for five minutes after its last sample, which is one minute ago. */
  private void stale_isGone(Server server) throws Exception {
    long begin = System.currentTimeMillis() - 60_000;
    try (Children children = new Children()) {
      server.start((name, ready, command) -> children.start(name, dir, ready, command));
      try (PrometheusBackend backend = sending(server)) {
        backend.connect();
        backend.flush(one(1, begin, "silent"));
        backend.flush(one(2, begin + 30_000, "loud"));
        await().atMost(PATIENCE).until(() -> server.query("silent_total").size() == 1);
      }
      try (PrometheusBackend backend = sending(server)) {
        backend.flush(one(3, begin + 50_000, "loud"));
        await().atMost(PATIENCE).until(() -> server.query("silent_total").isEmpty());
        EndToEnd.settles(() -> server.value("loud_total"), 2.0);
      }
    }
  }

  private PrometheusBackend sending(Server server) {
    return new PrometheusBackend(
        new PrometheusOptions(
            new Totals.Settings(dir.resolve("state"), Duration.ofSeconds(10), 10),
            Optional.empty(),
            Optional.of(URI.create("http://127.0.0.1:" + server.port + "/api/v1/write")),
            "",
            Duration.ofSeconds(10),
            1));
  }

  private static Snapshot one(long id, long endMillis, String name) {
    CounterTotal counter = new CounterTotal(new SeriesKey(name, "web1"), 1);
    return new Snapshot(id, endMillis - 1000, endMillis, List.of(counter), List.of(), List.of());
  }

  private static void assertHeld(Server server, EndToEnd.Counted counted, double off)
      throws Exception {
    String of = "{source=\"" + counted.source() + "\"}";
    String ofHits = "{source=\"" + counted.source() + "\",shop=\"main\"}";
    EndToEnd.settles(() -> server.value("e2e_hits_total" + ofHits), (double) counted.hits());
    EndToEnd.settles(() -> server.value("e2e_works_calls_total" + of), (double) counted.works());
    EndToEnd.settles(() -> server.value("e2e_works_seconds_count" + of), (double) counted.works());
    String infinite = "{source=\"" + counted.source() + "\",le=\"+Inf\"}";
    EndToEnd.settles(
        () -> server.value("e2e_known_seconds_bucket" + infinite), (double) counted.known());
    EndToEnd.settles(() -> server.value("e2e_depth_value" + of), (double) -counted.hits());
    double known = counted.knownNanos() / 1e9;
    assertThat(server.value("e2e_known_seconds_sum" + of)).isCloseTo(known, within(known * off));
  }
}
