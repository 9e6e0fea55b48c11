package io.zibrato.backends.influx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.zibrato.backends.testing.EndToEnd;
import io.zibrato.processes.Child;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Debian's influxd, read back by query. */
class InfluxIT {
  @TempDir Path dir;

  /**
   * A million woven calls and more from two applications. InfluxDB is killed in their midst, and
   * the worker soon after, each at whatever moment.
   */
  @Test
  void totals_areExactOverKills() throws Exception {
    InfluxServer server = new InfluxServer(dir);
    try (EndToEnd run = new EndToEnd(dir, "influx")) {
      Child process = server.start(run::start);
      run.startWorker(
          "--url",
          server.url(""),
          "--db",
          InfluxServer.DATABASE,
          "--flush",
          "0.5",
          "--retry-max",
          "1");
      run.startApplications(2);
      run.call(300_000);
      String points = "SELECT count(count) FROM \"e2e.hits\" WHERE source = 'app0'";
      await()
          .atMost(Duration.ofSeconds(60))
          .ignoreExceptions()
          .until(() -> server.number(points) > 0);

      run.go();
      long before = server.number(points);
      await().atMost(Duration.ofSeconds(60)).until(() -> server.number(points) > before + 1);
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
      for (EndToEnd.Counted each : run.counted()) assertHeld(server, each);
      run.stopWorker();
      for (EndToEnd.Counted each : run.counted()) assertHeld(server, each);
    }
  }

  private static void assertHeld(InfluxServer server, EndToEnd.Counted counted) {
    assertNumber(server, "sum(count)", "hits", "shop = 'main'", counted.source(), counted.hits());
    assertNumber(server, "sum(calls)", "works", "shop = ''", counted.source(), counted.works());
    assertNumber(server, "sum(calls)", "known", "shop = ''", counted.source(), counted.known());
    assertNumber(
        server, "sum(sum_ns)", "known", "shop = ''", counted.source(), counted.knownNanos());
    assertNumber(server, "last(value)", "depth", "shop = ''", counted.source(), -counted.hits());
  }

  private static void assertNumber(
      InfluxServer server, String what, String name, String where, String source, long expected) {
    String query =
        "SELECT %s FROM \"e2e.%s\" WHERE %s AND source = '%s'".formatted(what, name, where, source);
    EndToEnd.settles(() -> server.number(query), expected);
  }
}
