package io.zibrato.bench.pipe;

import io.zibrato.bench.Surroundings;
import io.zibrato.bench.Verdict;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** What a run saw: its lines as they come, its tables, and a verdict for each bound. */
final class Report {
  private final PrintStream out;
  private final StringBuilder raw = new StringBuilder();
  private final StringBuilder tables = new StringBuilder();
  private final List<Verdict> verdicts = new ArrayList<>();

  Report(PrintStream out) {
    this.out = out;
  }

  void progress(String what) {
    out.println("... " + what);
    out.flush();
    raw.append(what).append('\n');
  }

  void raw(Object line) {
    raw.append(line).append('\n');
  }

  /** A heading and lines in Markdown. */
  void section(String heading, String lines) {
    tables.append("## ").append(heading).append("\n\n").append(lines).append('\n');
  }

  void table(
      String heading,
      String figureName,
      ToDoubleFunction<Load.Outcome> figure,
      List<Load.Outcome> outcomes) {
    StringBuilder lines =
        new StringBuilder(
            "| through | "
                + figureName
                + " | sent | lost | lost, % | processor time, % of one |\n|---|---|---|---|---|---|\n");
    for (Load.Outcome outcome : outcomes) {
      lines.append(
          String.format(
              Locale.ROOT,
              "| %s | %.0f | %d | %d | %.2f | %.1f |%n",
              outcome.middle(),
              figure.applyAsDouble(outcome),
              outcome.sent(),
              outcome.lost(),
              100.0 * outcome.lost() / outcome.sent(),
              outcome.ticksPerSecond()));
    }
    section(heading, lines.toString());
  }

  void verdict(Verdict verdict) {
    verdicts.add(verdict);
  }

  boolean holds() {
    return verdicts.stream().allMatch(Verdict::holds);
  }

  /** Writes both files, and prints the verdicts. */
  void write(Path dir, String command, boolean quick) throws IOException {
    Files.createDirectories(dir);
    Path file = dir.resolve(LocalDate.now(ZoneOffset.UTC) + "-pipe.md");
    Path rawFile = dir.resolve(LocalDate.now(ZoneOffset.UTC) + "-pipe.txt");
    String note = quick ? "Too short to judge by (`--quick`).\n\n" : "";
    Files.writeString(
        file,
        "# The road behind the application\n\n"
            + Surroundings.describe(command)
            + '\n'
            + note
            + Verdict.table(verdicts)
            + '\n'
            + tables
            + "The lines as they came: ["
            + rawFile.getFileName()
            + "]("
            + rawFile.getFileName()
            + ").\n");
    Files.writeString(rawFile, raw);
    out.println("wrote " + file);
    out.print(note + Verdict.table(verdicts));
    out.flush();
  }
}
