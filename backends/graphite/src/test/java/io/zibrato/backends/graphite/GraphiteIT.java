package io.zibrato.backends.graphite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.zibrato.backends.CounterTotal;
import io.zibrato.backends.SeriesKey;
import io.zibrato.backends.Snapshot;
import io.zibrato.backends.testing.EndToEnd;
import io.zibrato.processes.Child;
import io.zibrato.processes.Children;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Debian's carbon, read back with whisper-fetch. */
class GraphiteIT {
  @TempDir Path dir;

  /**
   * A million woven calls and more from two applications. Carbon is killed in their midst, and the
   * worker soon after, each at whatever moment.
   */
  @ParameterizedTest
  @CsvSource({"plaintext", "pickle"})
  void totals_areExactOverKills(String protocol) throws Exception {
    Carbon carbon = new Carbon(dir, "1s:1h");
    try (EndToEnd run = new EndToEnd(dir, "graphite")) {
      Child process = carbon.start(run::start);
      int port = protocol.equals("pickle") ? carbon.picklePort : carbon.port;
      run.startWorker(
          "--url",
          "tcp://127.0.0.1:" + port,
          "--protocol",
          protocol,
          "--prefix",
          "e2e",
          "--flush",
          "1",
          "--resolution",
          "1",
          "--retry-max",
          "1");
      run.startApplications(2);
      run.call(300_000);
      String hits = "e2e.app0.e2e.hits._.shop.main.count";
      await().atMost(Duration.ofSeconds(60)).until(() -> !carbon.values(hits).isEmpty());

      run.go();
      int before = carbon.values(hits).size();
      await().atMost(Duration.ofSeconds(60)).until(() -> carbon.values(hits).size() > before + 1);
      process.kill();
      process.awaitEnd(10_000);
      run.worker().answer("cannot deliver, will try again", 60_000);
      carbon.start(run::start);
      run.worker().answer("sent again", 60_000);
      run.killWorker();
      run.startWorkerAgain();
      run.rest();
      run.stopApplications();

      assertThat(run.calls()).isGreaterThan(1_200_000);
      for (EndToEnd.Counted each : run.counted()) assertHeld(carbon, each);
      run.stopWorker();
      for (EndToEnd.Counted each : run.counted()) assertHeld(carbon, each);
    }
  }

  /**
   * Applications that come and exit within one step of an hour, each of which has the worker close
   * an interval early. Carbon and the worker are killed in between.
   */
  @Test
  void totals_areExactOverExitsWithinAStep() throws Exception {
    Carbon carbon = new Carbon(dir, "1h:1y");
    try (EndToEnd run = new EndToEnd(dir, "graphite")) {
      Child process = carbon.start(run::start);
      run.startWorker(
          "--url",
          "tcp://127.0.0.1:" + carbon.port,
          "--prefix",
          "e2e",
          "--flush",
          "1",
          "--resolution",
          "3600",
          "--retry-max",
          "1");
      for (int round = 0; round < 4; round++) {
        run.startApplications(2);
        run.call(10_000);
        settles(carbon, run);
        if (round == 1) {
          run.killWorker();
          run.startWorkerAgain();
        }
        if (round == 2) {
          process.kill();
          process.awaitEnd(10_000);
        }
        run.call(10_000);
        run.stopApplications();
        if (round == 2) process = carbon.start(run::start);
      }
      run.stopWorker();

      settles(carbon, run);
      assertThat(run.counted()).hasSize(8).allMatch(each -> each.hits() == 20_000);
      assertThat(carbon.values("e2e.app0.e2e.hits._.shop.main.count")).hasSizeLessThanOrEqualTo(2);
    }
  }

  private static void settles(Carbon carbon, EndToEnd run) {
    List<Long> counted = new ArrayList<>();
    for (EndToEnd.Counted each : run.counted()) {
      counted.addAll(List.of(each.hits(), each.works()));
    }
    EndToEnd.settles(
        () -> {
          List<Long> held = new ArrayList<>();
          for (EndToEnd.Counted each : run.counted()) {
            String path = "e2e." + each.source() + ".e2e.";
            held.add(carbon.sum(path + "hits._.shop.main.count").longValueExact());
            held.add(carbon.sum(path + "works.timer.count").longValueExact());
          }
          return held;
        },
        counted);
  }

  private static void assertHeld(Carbon carbon, EndToEnd.Counted counted) {
    String path = "e2e." + counted.source() + ".e2e.";
    EndToEnd.settles(
        () -> carbon.sum(path + "hits._.shop.main.count").longValueExact(), counted.hits());
    EndToEnd.settles(
        () -> carbon.sum(path + "works.timer.count").longValueExact(), counted.works());
    EndToEnd.settles(
        () -> carbon.sum(path + "known.timer.count").longValueExact(), counted.known());
    // Whisper keeps doubles: a sum of them is off in the last digits.
    BigDecimal known = BigDecimal.valueOf(counted.knownNanos(), 9);
    EndToEnd.settles(() -> sumIsClose(carbon, path + "known.timer.sum", known), Boolean.TRUE);
    EndToEnd.settles(
        () -> {
          List<BigDecimal> depths = carbon.values(path + "depth.value");
          return depths.get(depths.size() - 1).longValueExact();
        },
        -counted.hits());
  }

  private static boolean sumIsClose(Carbon carbon, String path, BigDecimal expected)
      throws Exception {
    BigDecimal off = carbon.sum(path).subtract(expected).abs();
    return off.compareTo(expected.movePointLeft(9)) < 0;
  }

  @ParameterizedTest
  @CsvSource({"false, false", "true, false", "false, true"})
  void hostileSeries_stayApart(boolean pickle, boolean tags) throws Exception {
    Carbon carbon = new Carbon(dir, "1d:6y");
    try (Children children = new Children()) {
      carbon.start((name, ready, command) -> children.start(name, dir, ready, command));
      int port = pickle ? carbon.picklePort : carbon.port;
      List<CounterTotal> counters = new ArrayList<>();
      for (String text :
          List.of(
              "a b",
              "a\nb",
              "a;b",
              "a=b",
              "..",
              "../x",
              "/etc",
              "~x",
              "",
              "é",
              "A",
              "a",
              "n".repeat(10_000),
              "n".repeat(255),
              "a_0123456789abcdef",
              "_",
              "-",
              ".a",
              "a.")) {
        counters.add(new CounterTotal(new SeriesKey(text, "s"), 1));
        counters.add(new CounterTotal(new SeriesKey("n", "source" + text), 1));
        counters.add(new CounterTotal(new SeriesKey("n", "s", Map.of("k", text)), 1));
        counters.add(new CounterTotal(new SeriesKey("n", "s", Map.of("tag" + text, "v")), 1));
      }
      long now = System.currentTimeMillis();
      try (GraphiteBackend backend =
          new GraphiteBackend(
              GraphiteBackendTest.options(dir.resolve("state"), port, pickle, tags))) {
        backend.connect();
        backend.flush(new Snapshot(1, now - 1, now, counters, List.of(), List.of()));
      }

      EndToEnd.settles(() -> carbon.series().size(), counters.size());
      assertThat(carbon.series()).allMatch(each -> !each.startsWith(".."));
    }
  }

  @Test
  void values_areReadBack() throws Exception {
    Carbon carbon = new Carbon(dir, "60s:1d");
    try (Children children = new Children()) {
      carbon.start((name, ready, command) -> children.start(name, dir, ready, command));
      long now = System.currentTimeMillis();
      try (GraphiteBackend backend =
          new GraphiteBackend(
              GraphiteBackendTest.options(dir.resolve("state"), carbon.picklePort, true, false))) {
        backend.connect();
        CounterTotal counter = new CounterTotal(new SeriesKey("big", "s"), (1L << 53) - 1);
        Snapshot snapshot = new Snapshot(1, now - 1, now, List.of(counter), List.of(), List.of());
        backend.flush(snapshot);
        backend.flush(snapshot);
      }

      EndToEnd.settles(
          () -> carbon.values("s.big.count"), List.of(new BigDecimal("9007199254740991.0")));
    }
  }
}
