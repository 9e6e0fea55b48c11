package io.zibrato.bench.footprint;

import io.zibrato.bench.Surroundings;
import io.zibrato.bench.Verdict;
import io.zibrato.daemon.Command;
import io.zibrato.daemon.UsageException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One run: all facts under all JDKs, the file that tells of them, and the verdicts. */
final class Footprint {
  private static final String TOO_SHORT =
      "A quick run, of a fraction of what is described: too short to judge by, and the verdicts do"
          + " not count.\n\n";

  private final FootprintFlags flags;
  private final PrintStream out;
  private final Command.Asked asked;
  private final List<Verdict> verdicts = new ArrayList<>();
  private final StringBuilder details = new StringBuilder();
  private final List<String> remarks = new ArrayList<>();

  Footprint(FootprintFlags flags, PrintStream out, Command.Asked asked) {
    this.flags = flags;
    this.out = out;
    this.asked = asked;
  }

  /** Returns the exit code. */
  int run() throws IOException, InterruptedException, UsageException {
    for (Path java : flags.javas()) measure(java);
    StringBuilder summary = new StringBuilder(flags.quick ? TOO_SHORT : "");
    summary.append(Verdict.table(verdicts));
    if (!remarks.isEmpty()) summary.append('\n');
    for (String remark : remarks) summary.append("- ").append(remark).append('\n');
    out.println("written to " + write(summary.toString()));
    out.println();
    out.print(summary);
    boolean well = verdicts.stream().allMatch(flags.quick ? this::measured : Verdict::holds);
    return well ? Command.STOPPED : Command.FAILED;
  }

  private boolean measured(Verdict verdict) {
    return !Double.isNaN(verdict.measured());
  }

  private void measure(Path java) throws IOException, InterruptedException, UsageException {
    int feature = (int) Fork.run(java, List.of(), SubjectMain.class, asked, "jdk").of("feature");
    String jdk = "JDK " + feature;
    details.append("\n## ").append(jdk).append(", `").append(home(java)).append("`\n");
    Map<String, Figures> byFact = new HashMap<>();
    for (Fact fact : flags.facts()) {
      if (feature < fact.leastJdk()) {
        remarks.add(jdk + ": no " + fact.name() + ", which needs JDK " + fact.leastJdk());
        continue;
      }
      out.println(jdk + ": " + fact.name() + " ...");
      out.flush();
      Figures figures = measure(java, jdk, fact);
      byFact.put(fact.name(), figures);
      detail(fact, figures);
      for (Fact.Bound bound : fact.bounds()) {
        double measured = figures.of(bound.figure());
        if (bound.over() != null) measured -= byFact.get(bound.over()).of(bound.figure());
        verdicts.add(
            Verdict.atMost(jdk + ": " + bound.what(), measured, bound.unit(), bound.most()));
      }
    }
  }

  private Figures measure(Path java, String jdk, Fact fact) throws InterruptedException {
    List<Figures> all = new ArrayList<>();
    String[] quickly =
        flags.quick ? new String[] {fact.name(), "quick"} : new String[] {fact.name()};
    try {
      for (int i = 0; i < (flags.quick ? 1 : fact.repeats()); i++) {
        all.add(Fork.run(java, fact.jvm(), SubjectMain.class, asked, quickly));
      }
      return Figures.median(all);
    } catch (IOException e) {
      remarks.add(jdk + ": " + fact.name() + " could not be measured: " + e.getMessage());
      return new Figures();
    }
  }

  private void detail(Fact fact, Figures figures) {
    details.append("\n### ").append(fact.name()).append("\n\n").append(fact.conditions());
    details.append("\n\n`").append(String.join(" ", fact.jvm())).append('`');
    if (fact.repeats() > 1) details.append(", medians of ").append(fact.repeats()).append(" JVMs");
    details.append("\n\n| figure | |\n|---|---|\n");
    figures
        .byName()
        .forEach(
            (name, figure) ->
                details.append(String.format(Locale.ROOT, "| %s | %.2f |%n", name, figure)));
  }

  private Path write(String summary) throws IOException {
    Path folder = Files.createDirectories(Path.of(flags.results));
    Path file = folder.resolve(LocalDate.now(ZoneOffset.UTC) + "-footprint.md");
    return Files.writeString(
        file,
        "# Footprint\n\n"
            + "What measuring costs an application in memory, and its publisher's thread in"
            + " processor time. Each fact is measured in a JVM of its own; a broker and a subscriber"
            + " that reads every frame are in another process.\n\n"
            + Surroundings.describe(command())
            + '\n'
            + summary
            + details);
  }

  /** Without where the machine keeps its files. */
  private String command() {
    StringBuilder command = new StringBuilder("./zibrato bench footprint");
    if (flags.quick) command.append(" --quick");
    if (!flags.only.isEmpty()) command.append(" --only '").append(flags.only).append('\'');
    if (!flags.jdks.isEmpty()) {
      for (Path java : flags.javas()) command.append(" --jdk ").append(home(java));
    }
    return command.toString();
  }

  private static Path home(Path java) {
    return java.toAbsolutePath().getParent().getParent().getFileName();
  }
}
