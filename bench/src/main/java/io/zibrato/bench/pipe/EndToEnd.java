package io.zibrato.bench.pipe;

import io.zibrato.bench.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * From counted methods to a service: our agent, broker and worker; and, for comparison, a StatsD
 * client that aggregates and npm's daemon.
 */
final class EndToEnd {
  private static final String STATSD_VERSION = "0.9.0";
  private static final long READY_SECONDS = 30;
  private static final long QUIET_SECONDS = 10;

  private final Clone clone;
  private final Report report;
  private final int seconds;

  /** What the application says it counted, and what arrived. */
  private record Outcome(String way, long calls, long arrived) {
    String row() {
      double percent = 100.0 * (calls - arrived) / calls;
      return String.format(
          Locale.ROOT,
          "| %s | %d | %d | %d | %.2f |%n",
          way,
          calls,
          arrived,
          calls - arrived,
          percent);
    }
  }

  EndToEnd(Clone clone, Report report, PipeFlags flags) {
    this.clone = clone;
    this.report = report;
    this.seconds = flags.quick ? 2 : 10;
  }

  void run() throws IOException, InterruptedException {
    report.progress("two threads count for " + seconds + " s, by @CountMe and by StatsD");
    Outcome ours = ours();
    report.raw(ours);
    Outcome statsd = statsd();
    report.raw(statsd);
    report.section(
        "Two threads counting as fast as they can, for " + seconds + " s",
        "| way | counted | arrived | lost | lost, % |\n|---|---|---|---|---|\n"
            + ours.row()
            + statsd.row());
    String what = "counts lost between a woven method and the worker, of " + ours.calls;
    report.verdict(Verdict.atMost(what, Math.abs(ours.calls - ours.arrived), "counts", 0));
  }

  private Outcome ours() throws IOException, InterruptedException {
    try (Middle broker = Middle.broker(clone);
        Started worker = Started.start("worker", worker(broker.workerPort()))) {
      worker.await("connected to", READY_SECONDS);
      List<String> options = List.of(clone.agent(), "-Dzibrato.port=" + (broker.workerPort() - 1));
      long calls = calls(clone.main(CountingApplication.class, options, "zibrato", "" + seconds));
      return new Outcome(
          "`@CountMe`, woven at load time; broker; worker", calls, total(worker, calls));
    }
  }

  private List<String> worker(int port) throws IOException {
    return clone.main(
        CountingWorker.class,
        List.of("-Xmx256m"),
        "--port",
        "" + port,
        "--state",
        clone.newState(),
        "--flush",
        "0.5");
  }

  private Outcome statsd() throws IOException, InterruptedException {
    Path module = clone.npm("statsd", STATSD_VERSION);
    int port = FreePort.udp();
    Path config = clone.home().resolve("bench/target/statsd.js").toAbsolutePath();
    Path backend = clone.file("bench/src/main/js/total.js");
    Files.writeString(
        config,
        "{ port: %d, address: '127.0.0.1', flushInterval: 500, mgmt_port: %d, deleteCounters: true, backends: ['%s'] }\n"
            .formatted(port, FreePort.tcp(), backend));
    List<String> daemon = List.of("node", module.resolve("stats.js").toString(), config.toString());
    try (Started statsd = Started.start("statsd", daemon)) {
      statsd.await("server is up", READY_SECONDS);
      List<String> command =
          clone.main(CountingApplication.class, List.of(), "statsd", "" + port, "" + seconds);
      long calls = calls(command);
      return new Outcome(
          "java-dogstatsd-client, aggregating; npm's statsd", calls, total(statsd, calls));
    }
  }

  private long calls(List<String> command) throws IOException, InterruptedException {
    try (Started application = Started.start("application", command)) {
      long calls =
          Long.parseLong(application.await("^calls (\\d+)", seconds + READY_SECONDS).group(1));
      application.awaitEnd(READY_SECONDS);
      return calls;
    }
  }

  /** The last total, once it is the one expected or has not risen for a while. */
  private static long total(Started process, long expected)
      throws IOException, InterruptedException {
    long total = 0;
    String line = process.poll("^total (\\d+)", READY_SECONDS);
    while (line != null) {
      total = Long.parseLong(line);
      if (total == expected) return total;
      line = process.poll("^total (\\d+)", QUIET_SECONDS);
    }
    return total;
  }
}
