package io.zibrato.bench.store;

import io.zibrato.bench.Surroundings;
import io.zibrato.bench.Verdict;
import io.zibrato.bench.pipe.Clone;
import io.zibrato.bench.pipe.Started;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** One run of all that {@code ./zibrato bench store} measures. */
final class StoreBench {
  private static final int METRICS = 14; // a day of them is a million measurements
  private static final int QUICK_METRICS = 1;
  private static final int UNTIMED =
      300_000; // the compiler's share, as the rows into SQLite have it
  private static final long LONG_SECONDS = 900;
  private static final String STORE = "0";
  private static final String LOAD = "1";

  private final StoreFlags flags;
  private final PrintStream out;
  private final Clone clone;
  private final Rows rows;
  private final int days;
  private final List<Verdict> verdicts = new ArrayList<>();
  private final StringBuilder tables = new StringBuilder();

  StoreBench(StoreFlags flags, PrintStream out) {
    this.flags = flags;
    this.out = out;
    clone = new Clone(Path.of(flags.home).toAbsolutePath().normalize());
    days = flags.quick ? 2 : flags.days;
    rows = Rows.ending(flags.quick ? QUICK_METRICS : METRICS, days, Instant.now().getEpochSecond());
  }

  /** Returns whether all bounds hold; a quick run judges nothing, and they all do. */
  boolean run() throws IOException, InterruptedException {
    Path dir = Path.of(clone.newState());
    try {
      measure(dir);
    } finally {
      delete(dir);
    }
    write();
    return flags.quick || verdicts.stream().allMatch(Verdict::holds);
  }

  private void measure(Path dir) throws IOException, InterruptedException {
    double alone = alone(dir);
    long last = (days - 1) * rows.aDay(); // the day that is drawn goes in first
    long untimed = Math.min(last, flags.quick ? 3000 : UNTIMED);
    double posted;
    double[] small;
    try (Started store = store(dir, STORE)) {
      int port = port(store);
      post(port, last - untimed, untimed, LOAD);
      posted = post(port, last, rows.aDay(), LOAD);
      small = charts(port);
    }
    try (Started store = store(dir, STORE + ',' + LOAD)) {
      double rest = post(port(store), 0, last - untimed, STORE + ',' + LOAD);
      out.printf(Locale.ROOT, "... the rest, on both cores: %.0f a second%n", rest);
    }
    double[] large;
    try (Started store = store(dir, STORE)) {
      large = charts(port(store));
    }
    long bytes = Files.size(dir.resolve("data").resolve("store.db"));
    report(alone, posted, small, large, rows.aDay() + untimed, bytes);
  }

  private double alone(Path dir) throws IOException, InterruptedException {
    List<String> command =
        pinned(
            STORE,
            clone.main(
                SqliteAlone.class,
                List.of(),
                dir.toString(),
                "" + rows.metrics(),
                "" + rows.firstTime(),
                "" + rows.aDay()));
    return figure("sqlite", command, "alone: ([0-9]+) rows");
  }

  private double post(int port, long first, long count, String cores)
      throws IOException, InterruptedException {
    List<String> command =
        pinned(
            cores,
            clone.main(
                Posts.class,
                List.of(),
                "" + port,
                "" + rows.metrics(),
                "" + rows.firstTime(),
                "" + first,
                "" + count));
    return figure("posts", command, "posts: ([0-9]+) measurements");
  }

  private double figure(String name, List<String> command, String pattern)
      throws IOException, InterruptedException {
    try (Started started = Started.start(name, command)) {
      String figure = started.await(pattern, LONG_SECONDS).group(1);
      out.println("... " + name + ": " + figure + " a second");
      return Double.parseDouble(figure);
    }
  }

  private Started store(Path dir, String cores) throws IOException {
    String jar = "backends/store/target/zibrato-store.jar";
    return Started.start(
        "store",
        pinned(
            cores,
            clone.jar(
                jar,
                List.of(),
                "--port",
                "0",
                "--data",
                dir.resolve("data").toString(),
                "--keep-raw",
                "forever",
                "--keep-60s",
                "forever")));
  }

  private static List<String> pinned(String cores, List<String> command) {
    List<String> pinned = new ArrayList<>(List.of("taskset", "-c", cores));
    pinned.addAll(command);
    return pinned;
  }

  private static int port(Started store) throws IOException, InterruptedException {
    return Integer.parseInt(store.await("store listening on .*:([0-9]+)$", LONG_SECONDS).group(1));
  }

  private double[] charts(int port) throws IOException {
    Charts charts = new Charts(port, rows, rows.firstTime() + (days - 1) * 86_400L);
    double[] millis = {
      charts.millis(Charts.BY_SOURCE, flags.quick), charts.millis(Charts.BY_TAGS, flags.quick)
    };
    out.printf(
        Locale.ROOT, "... charts: %.1f ms by source, %.1f ms by tags%n", millis[0], millis[1]);
    return millis;
  }

  private void report(
      double alone, double posted, double[] small, double[] large, long held, long bytes) {
    verdicts.add(
        Verdict.atLeast(
            "measurements in over HTTP, of rows into SQLite alone", posted / alone, "x", 0.3));
    String[] names = {Charts.BY_SOURCE, Charts.BY_TAGS};
    for (int i = 0; i < names.length; i++) {
      String chart = "a day of 50 sources at 60 s, " + names[i];
      verdicts.add(Verdict.atMost(chart + ", of " + held + " measurements", small[i], "ms", 100));
      verdicts.add(
          Verdict.atMost(
              chart + ", of " + days * rows.aDay() + " as against that",
              large[i] / small[i],
              "x",
              2));
    }
    tables.append(
        String.format(
            Locale.ROOT,
            "| what | figure |%n|---|---|%n"
                + "| SQLite alone, rows a second | %.0f |%n"
                + "| over HTTP in posts of 300, measurements a second | %.0f |%n",
            alone,
            posted));
    for (int i = 0; i < names.length; i++) {
      tables.append(
          String.format(
              Locale.ROOT,
              "| chart %s, of %d measurements, ms | %.1f |%n| of %d, ms | %.1f |%n",
              names[i],
              held,
              small[i],
              days * rows.aDay(),
              large[i]));
    }
    tables.append(
        String.format(
            Locale.ROOT,
            "| the file, bytes for each measurement, in all resolutions | %.1f |%n",
            (double) bytes / (days * rows.aDay())));
  }

  private void write() throws IOException {
    Path dir =
        flags.results == null ? clone.home().resolve("bench/results") : Path.of(flags.results);
    Files.createDirectories(dir);
    Path file = dir.resolve(LocalDate.now(ZoneOffset.UTC) + "-store.md");
    String note = flags.quick ? "Too short to judge by (`--quick`).\n\n" : "";
    String command = "./zibrato bench store" + (flags.quick ? " --quick" : " --days " + days);
    Files.writeString(
        file,
        "# The store\n\n"
            + Surroundings.describe(command)
            + "\nThe store, and SQLite alone, each have one core (`taskset`); the load has another. Figures of charts are medians"
            + " of 41, with the whole answer read, after 40 that are not counted.\n\n"
            + note
            + Verdict.table(verdicts)
            + '\n'
            + tables);
    out.println("wrote " + file);
    out.print(note + Verdict.table(verdicts));
    out.flush();
  }

  private static void delete(Path dir) throws IOException {
    try (Stream<Path> all = Files.walk(dir)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) Files.delete(each);
    }
  }
}
