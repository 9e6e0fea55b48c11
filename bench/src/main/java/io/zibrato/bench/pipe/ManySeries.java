package io.zibrato.bench.pipe;

import io.zibrato.bench.Verdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;

/** A worker that has a hundred thousand series, beside one that has a tenth of them. */
final class ManySeries {
  private static final int MANY = 100_000;
  private static final int FEWER = MANY / 10;
  private static final String MEMORY = "-Xmx512m";
  private static final long PATIENCE_SECONDS = 60;

  private final Report report;
  private final Clone clone;
  private final int warmUpRounds;
  private final int rounds;

  private record Times(
      int series,
      double bookedMillis,
      double processorMillis,
      double flushedMillis,
      double worstFlushMillis) {
    String row() {
      return String.format(
          Locale.ROOT,
          "| %d | %.1f | %.1f | %.1f | %.1f |%n",
          series,
          bookedMillis,
          processorMillis,
          flushedMillis,
          worstFlushMillis);
    }
  }

  ManySeries(Clone clone, Report report, PipeFlags flags) {
    this.clone = clone;
    this.report = report;
    this.warmUpRounds = flags.quick ? 1 : 10;
    this.rounds = flags.quick ? 1 : 10;
  }

  void run() throws IOException, InterruptedException {
    report.progress("a worker with " + FEWER + " series, then one with " + MANY);
    // As many measurements to warm up with, so that both are compiled as well.
    Times fewer = times(FEWER, warmUpRounds * MANY / FEWER, 0.3);
    Times many = times(MANY, warmUpRounds, 1.5);
    report.section(
        "A worker with " + MEMORY + ", full rounds of all series, a fifth of them timers",
        "| series | booking a round, ms | its processor time, mean, ms | flush, ms | slowest flush, ms |\n|---|---|---|---|---|\n"
            + fewer.row()
            + many.row());
    report.verdict(
        Verdict.atMost(
            "slowest flush of a worker with " + MANY + " series and " + MEMORY,
            many.worstFlushMillis / 1000,
            "s",
            2));
    report.verdict(
        Verdict.atMost(
            "flush, ten times the series", many.flushedMillis / fewer.flushedMillis, "x", 12));
    report.verdict(
        Verdict.atMost(
            "booking a full round, ten times the series",
            many.bookedMillis / fewer.bookedMillis,
            "x",
            12));
  }

  private Times times(int series, int warmUpRounds, double flushSeconds)
      throws IOException, InterruptedException {
    try (SeriesFeed feed = new SeriesFeed(series);
        Started worker = Started.start("worker", worker(series, feed.port(), flushSeconds))) {
      feed.greet();
      worker.await("connected to", PATIENCE_SECONDS);
      for (int i = 0; i < warmUpRounds; i++) round(feed, worker);
      List<Double> booked = new ArrayList<>();
      double processor = 0;
      List<Double> flushed = new ArrayList<>();
      while (booked.size() < rounds) {
        Matcher times = round(feed, worker);
        report.raw(series + " series: " + times.group());
        if (times.group(1) == null) continue;
        booked.add(Double.valueOf(times.group(1)));
        processor += Double.parseDouble(times.group(2));
        flushed.add(Double.valueOf(times.group(3)));
      }
      double worst = flushed.stream().mapToDouble(millis -> millis).max().orElse(Double.NaN);
      return new Times(series, median(booked), processor / rounds, median(flushed), worst);
    }
  }

  private static Matcher round(SeriesFeed feed, Started worker)
      throws IOException, InterruptedException {
    feed.sendRound();
    return worker.await(
        "^round (?:booked (\\S+) processor (\\S+) flushed (\\S+)|split)", PATIENCE_SECONDS);
  }

  private List<String> worker(int series, int port, double flushSeconds) throws IOException {
    return clone.main(
        SeriesWorker.class,
        List.of(MEMORY),
        "" + series,
        "--port",
        "" + port,
        "--state",
        clone.newState(),
        "--flush",
        "" + flushSeconds);
  }

  private static double median(List<Double> figures) {
    return Median.of(figures.stream().mapToDouble(figure -> figure).toArray());
  }
}
