package io.zibrato.backends.statsd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.zibrato.backends.testing.EndToEnd;
import io.zibrato.processes.Child;
import io.zibrato.processes.Tool;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A million woven calls and more, from two applications to npm's daemon, which is killed on the
 * way, while they go on calling.
 *
 * <p>A daemon takes to its grave what it holds, and what is on its way: so the worker is stopped by
 * a signal, between two parts, then the daemon is asked what it holds, and killed. What the dead
 * and the new one hold is all that was counted.
 */
class StatsdIT {
  private static final String TIME_WAIT = "06";
  private static final long NEVER_MILLIS = 3_600_000;

  @TempDir Path dir;
  private EndToEnd run;
  private NpmDaemon daemon;
  private Child process;

  /** What daemons that are dead held when they died. */
  private final Map<String, Long> buried = new HashMap<>();

  @AfterEach
  void stop() {
    if (run != null) run.close();
  }

  private interface Held {
    long of(String kind, String key) throws Exception;
  }

  private void start(String scheme, long flushMillis, String... more) throws Exception {
    daemon = new NpmDaemon(dir, flushMillis);
    run = new EndToEnd(dir, "statsd");
    process = daemon.start(run::start);
    List<String> flags = new ArrayList<>(List.of(more));
    flags.addAll(List.of("--url", scheme + "://127.0.0.1:" + daemon.port, "--retry-max", "1"));
    run.startWorker(flags.toArray(String[]::new));
    run.startApplications(2);
    run.call(300_000);
  }

  private void killTheDaemonUnderLoad(Held held, String[][] series) throws Exception {
    run.go();
    awaitMore(held, series[0]);
    String worker = Long.toString(run.worker().pid());
    freezeBetweenParts(worker);
    for (String[] each : series) {
      EndToEnd.settles(() -> held.of(each[0], each[1]), still(held, each));
      buried.merge(each[0] + each[1], held.of(each[0], each[1]), Long::sum);
    }
    process.kill();
    process.awaitEnd(10_000);
    Tool.run("kill", "-CONT", worker);
    awaitNotTaken();
    process = daemon.start(run::start);
    run.rest();
  }

  /** What is frozen with a part on its way to the daemon comes twice, or is not known to. */
  private void freezeBetweenParts(String worker) throws Exception {
    Tool.run("kill", "-STOP", worker);
    while (isPartUnderWay()) {
      Tool.run("kill", "-CONT", worker);
      Thread.onSpinWait();
      Tool.run("kill", "-STOP", worker);
    }
  }

  /** Whether anybody has a TCP connection to the daemon, as Linux tells it. */
  private boolean isPartUnderWay() throws IOException {
    String port = String.format(":%04X", daemon.port);
    for (String table : List.of("tcp", "tcp6")) {
      for (String line : Files.readAllLines(Path.of("/proc/net", table))) {
        String[] fields = line.strip().split("\\s+");
        if (fields[2].endsWith(port) && !fields[3].equals(TIME_WAIT)) return true;
      }
    }
    return false;
  }

  private void awaitMore(Held held, String[] series) throws Exception {
    long before = held.of(series[0], series[1]);
    await().until(() -> held.of(series[0], series[1]) > before);
  }

  /** What it holds once it takes no more. */
  private static long still(Held held, String[] series) throws Exception {
    long[] last = {-1};
    await()
        .pollInterval(Duration.ofMillis(700))
        .until(
            () -> {
              long before = last[0];
              last[0] = held.of(series[0], series[1]);
              return last[0] == before;
            });
    return last[0];
  }

  /** The worker has tried to deliver, and was told that nobody is there. */
  private void awaitNotTaken() throws Exception {
    run.worker().answer("cannot deliver, will try again", 60_000);
  }

  private void assertAll(Held held, String kind, String key, long expected) {
    long before = buried.getOrDefault(kind + key, 0L);
    EndToEnd.settles(() -> before + held.of(kind, key), expected);
  }

  private static String[][] series(String hits, String works) {
    String[][] all = new String[4][];
    for (int i = 0; i < 2; i++) {
      all[2 * i] = new String[] {"counters", hits.replace("SOURCE", "app" + i)};
      all[2 * i + 1] = new String[] {"timers", works.replace("SOURCE", "app" + i)};
    }
    return all;
  }

  @Test
  void tcp_totalsAreExactOverAKill() throws Exception {
    start("tcp", 200, "--flush", "0.3");
    killTheDaemonUnderLoad(
        daemon::total, series("SOURCE.e2e.hits._.shop.main", "SOURCE.e2e.works"));
    run.stopApplications();

    assertThat(run.calls()).isGreaterThan(1_200_000);
    for (EndToEnd.Counted each : run.counted()) {
      String source = each.source() + '.';
      assertAll(daemon::total, "counters", source + "e2e.hits._.shop.main", each.hits());
      assertAll(daemon::total, "timers", source + "e2e.works", each.works());
      EndToEnd.settles(
          () -> new BigDecimal(daemon.held("gauges").get(source + "e2e.depth")).longValueExact(),
          -each.hits());
    }
    run.stopWorker();
    assertThat(daemon.badLines()).isZero();
  }

  /** Counters as the daemon itself holds them; it flushes nothing. */
  @Test
  void udp_countersAreExactOverAKill() throws Exception {
    start("udp", NEVER_MILLIS, "--flush", "1", "--dialect", "dogstatsd", "--timers", "ms");
    Held held = (kind, key) -> Long.parseLong(daemon.held(kind).getOrDefault(key, "0"));
    String[][] series = {
      {"counters", "e2e.hits;source=app0;shop=main"}, {"counters", "e2e.hits;source=app1;shop=main"}
    };
    killTheDaemonUnderLoad(held, series);
    run.stopApplications();

    assertThat(run.calls()).isGreaterThan(1_200_000);
    for (EndToEnd.Counted each : run.counted()) {
      String tags = ";source=" + each.source() + ";shop=main";
      assertAll(held, "counters", "e2e.hits" + tags, each.hits());
      EndToEnd.settles(
          () -> held.of("gauges", "e2e.depth.value;source=" + each.source()), -each.hits());
    }
    run.stopWorker();
    assertThat(daemon.badLines()).isZero();
  }
}
