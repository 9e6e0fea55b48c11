package io.zibrato.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What came of a run, as Markdown. */
final class Summary {
  private final long seed;
  private final ChaosFlags flags;
  private final Instant began = Instant.now();
  private final Map<String, Integer> faults = new TreeMap<>();
  private final List<Long> recoveries = new ArrayList<>();
  private final List<String> late = new ArrayList<>();
  private final List<String> log = new ArrayList<>();
  private final List<String> lines = new ArrayList<>();
  private List<String> missing = List.of();
  private boolean holds = true;

  Summary(long seed, ChaosFlags flags) {
    this.seed = seed;
    this.flags = flags;
  }

  void missing(List<String> kinds) {
    missing = List.copyOf(kinds);
  }

  void fault(String kind) {
    faults.merge(kind, 1, Integer::sum);
  }

  /**
   * @param lost not even much later all was there
   */
  void recovered(String what, long millis, boolean late, boolean lost) {
    recoveries.add(millis);
    if (late || lost) this.late.add(what + " after " + millis + " ms" + (lost ? ", never" : ""));
    holds &= !late && !lost;
  }

  void log(String line) {
    log.add(line);
  }

  /** Takes the oracle's verdict, and what was seen of the processes. */
  void verdict(List<String> verdict, boolean held, Field field, Watch watch) {
    holds &= held;
    Runtime runtime = Runtime.getRuntime();
    lines.add("# Chaos");
    lines.add("");
    lines.add(
        "- command: `./zibrato chaos --minutes "
            + flags.minutes
            + " --seed "
            + seed
            + (flags.only == null ? "" : " --only " + flags.only)
            + "`");
    lines.add(
        "- time: "
            + began.truncatedTo(ChronoUnit.SECONDS)
            + ", "
            + ChronoUnit.MINUTES.between(began, Instant.now())
            + " minutes");
    lines.add(
        "- machine: "
            + runtime.availableProcessors()
            + " processors, "
            + System.getProperty("os.name")
            + ' '
            + System.getProperty("os.version"));
    lines.add(
        "- java: "
            + System.getProperty("java.vm.name")
            + ' '
            + System.getProperty("java.vm.version"));
    lines.add(
        "- faults: " + faults + (missing.isEmpty() ? "" : "; not to be had here: " + missing));
    lines.add("");
    lines.add("**" + (held() ? "All holds." : "NOT all holds.") + "**");
    lines.add("");
    lines.add(recoveryLine());
    for (String each : late) lines.add("- late: " + each);
    lines.add("");
    lines.addAll(verdict);
    lines.add("");
    lines.add(
        "| process | started | most memory, MiB | most descriptors | most threads | most state on disk, KiB | within bounds |");
    lines.add("|---|---|---|---|---|---|---|");
    for (Role role : field.roles()) lines.add(process(role, watch.byRole().get(role.name())));
  }

  private boolean held() {
    return holds;
  }

  private String recoveryLine() {
    List<Long> sorted = recoveries.stream().sorted().toList();
    return String.format(
        Locale.ROOT,
        "Rounds of faults: %d. After each, until all that was counted by then had arrived at every service: %.1f s in the median, %.1f s at the most (bound %.0f s).",
        sorted.size() - 1,
        sorted.get(sorted.size() / 2) / 1e3,
        sorted.get(sorted.size() - 1) / 1e3,
        Chaos.RECOVERY_MILLIS / 1e3);
  }

  private String process(Role role, Watch.Most most) {
    boolean within = most.isWithinBounds();
    holds &= within;
    return String.format(
        Locale.ROOT,
        "| %s | %d | %d | %d | %d | %d | %s |",
        role.name(),
        role.runs(),
        most.residentKb / 1024,
        most.descriptors,
        most.threads,
        most.stateBytes / 1024,
        within ? "yes" : "NO");
  }

  List<String> lines() {
    return lines;
  }

  boolean holds() {
    return holds;
  }

  /** Writes it, and beside it the log of all rounds; returns the file. */
  Path write(Path folder) throws IOException {
    Files.createDirectories(folder);
    String name = LocalDate.ofInstant(began, ZoneOffset.UTC) + "-chaos-" + seed;
    Files.write(folder.resolve(name + ".txt"), log);
    Path file = folder.resolve(name + ".md");
    List<String> all = new ArrayList<>(lines);
    all.add("");
    all.add("What happened, in order: [" + name + ".txt](" + name + ".txt).");
    Files.write(file, all);
    return file;
  }
}
