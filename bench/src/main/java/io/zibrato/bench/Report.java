package io.zibrato.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Figures as Markdown: a table and bars for each JDK. */
final class Report {
  private static final int WIDTH = 50;

  /** In the order of the table; what is not named here comes last. */
  private static final List<String> ORDER =
      List.of(
          "Floors",
          "CompileTime",
          "LoadTime",
          "ByCalls",
          "GaugesWithRoom",
          "Micrometer",
          "Dropwizard",
          "Prometheus",
          "DogStatsd",
          "OpenTelemetry");

  private static final List<String> COUNTS =
      List.of(
          "Floors.plain",
          "Floors.longAdder",
          "CompileTime.count",
          "LoadTime.count",
          "CompileTime.countUnwanted",
          "LoadTime.countUnwanted",
          "PrometheusPeer.count",
          "DropwizardPeer.count",
          "DogStatsdPeer.count",
          "MicrometerPeer.count");

  private static final List<String> TIMES =
      List.of(
          "Floors.twoNanoTimes",
          "CompileTime.time",
          "LoadTime.time",
          "CompileTime.timeUnwanted",
          "LoadTime.timeUnwanted",
          "CompileTime.timeSampled",
          "LoadTime.timeSampled",
          "PrometheusPeer.time",
          "DogStatsdPeer.time",
          "DropwizardPeer.time",
          "MicrometerPeer.time",
          "OpenTelemetryPeer.time");

  private final List<Measured> all;

  Report(List<Measured> all) {
    this.all = all;
  }

  String markdown() {
    StringBuilder text = new StringBuilder();
    for (String jdk : all.stream().map(Measured::jdk).distinct().sorted().toList()) {
      text.append("## JDK ").append(jdk).append("\n\n").append(table(jdk));
      for (int threads = 1; threads <= 2; threads++) {
        bars(text, "counting", jdk, threads, COUNTS);
        bars(text, "timing", jdk, threads, TIMES);
      }
    }
    return text.toString();
  }

  private String table(String jdk) {
    StringBuilder table =
        new StringBuilder(
            "| nanoseconds a call: median (least to most) ± error of the mean; bytes a call |");
    table.append(" 1 thread | B | 2 threads | B |\n|---|---|---|---|---|\n");
    List<String> names =
        new ArrayList<>(
            all.stream().filter(m -> m.jdk().equals(jdk)).map(Measured::name).distinct().toList());
    names.sort(Comparator.comparingInt(Report::rank).thenComparing(Comparator.naturalOrder()));
    for (String name : names) {
      table.append("| ").append(name).append(" |");
      for (int threads = 1; threads <= 2; threads++) {
        table.append(find(jdk, threads, name).map(Report::cells).orElse(" | |"));
      }
      table.append('\n');
    }
    return table.append('\n').toString();
  }

  private static int rank(String name) {
    for (int i = 0; i < ORDER.size(); i++) {
      String start = ORDER.get(i);
      if (name.startsWith(start + '.') || name.startsWith(start + "Peer.")) return i;
    }
    return ORDER.size();
  }

  private static String cells(Measured m) {
    return String.format(
        Locale.ROOT,
        " %.2f (%.2f to %.2f) ± %.2f | %s |",
        m.median(),
        m.least(),
        m.most(),
        m.error(),
        m.bytes() < Bounds.NOTHING_BYTES ? "0" : String.format(Locale.ROOT, "%.1f", m.bytes()));
  }

  private void bars(StringBuilder text, String what, String jdk, int threads, List<String> names) {
    List<Measured> shown =
        names.stream().flatMap(name -> find(jdk, threads, name).stream()).toList();
    if (shown.size() < 2) return;
    double longest = shown.stream().mapToDouble(Measured::median).max().orElseThrow();
    text.append("Nanoseconds a call, ").append(what).append(", ").append(threads);
    text.append(threads == 1 ? " thread:\n\n```\n" : " threads:\n\n```\n");
    for (Measured m : shown) {
      String bar = "█".repeat((int) Math.round(m.median() / longest * WIDTH));
      text.append(String.format(Locale.ROOT, "%-26s %8.2f %s%n", m.name(), m.median(), bar));
    }
    text.append("```\n\n");
  }

  private Optional<Measured> find(String jdk, int threads, String name) {
    return all.stream()
        .filter(m -> m.jdk().equals(jdk) && m.threads() == threads && m.name().equals(name))
        .findFirst();
  }
}
