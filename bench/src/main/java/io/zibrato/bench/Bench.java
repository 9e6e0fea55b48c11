package io.zibrato.bench;

import io.zibrato.backends.WorkerStats;
import io.zibrato.daemon.Command;
import io.zibrato.daemon.UsageException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * One run: measures in {@link Forks}, by {@link Group}, in rounds, so that a floor and what is held
 * against it see the same machine; then writes files and judges by {@link Bounds}.
 */
final class Bench {
  private static final String NOTES =
      """
      - `twoNanoTimes`, the floor of timing, is the work between two `System.nanoTime()` whose
        difference is added to the result
      - a figure is the median over all iterations of all forks, which a machine that others use
        moves less than the mean; the median also leaves out the publisher's rounds
      - two threads share one series; `debug`, the level of what is unwanted, had no subscriber
      - less than %s B a call stands as 0, since JMH's own iterations allocate a little
      - measured processes published to a broker and a worker in another process, which took %d
        frames with %d measurements, and knows of losses %s: gauges that are recorded without a
        pause find the queue full
      - gauges of `GaugesWithRoom` find room, in processes that publish each 10 ms; the bytes beside
        them are the publisher's, which sends each value
      """;

  private final BenchFlags flags;
  private final String[] args;
  private final PrintStream out;
  private final Command.Asked asked;
  private final Home home = Home.find();
  private final List<Jdk> jdks;

  Bench(BenchFlags flags, String[] args, PrintStream out, Command.Asked asked) {
    this.flags = flags;
    this.args = args;
    this.out = out;
    this.asked = asked;
    this.jdks = flags.jdks();
  }

  /**
   * @return the exit code
   */
  int run() throws UsageException, IOException, InterruptedException {
    Selection selection = Selection.of(flags.pattern());
    if (selection.benchmarks().isEmpty()) {
      throw new UsageException("--only: finds no benchmark: \"" + flags.only + '"');
    }
    // A quick run may stand beside another; one to judge by must not.
    if (flags.quick) System.setProperty("jmh.ignoreLock", "true");
    Path folder = flags.results == null ? home.results() : Path.of(flags.results);
    String meanwhile = flags.trouble() == Trouble.NONE ? "" : "-while-" + flags.trouble().word();
    String name = LocalDate.now() + "-calls" + meanwhile + (flags.quick ? "-quick" : "");
    Files.createDirectories(folder);
    Path raw = folder.resolve(name + ".txt");
    WorkerStats arrived;
    String json;
    try (PrintStream to =
            new PrintStream(Files.newOutputStream(raw), false, StandardCharsets.UTF_8);
        Destination destination = Destination.start(flags.trouble());
        Interruption interruption = Interruption.when(asked)) {
      Forks forks = new Forks(to);
      measure(forks, selection, destination.port(), interruption);
      arrived = destination.stats();
      json = home.plain(forks.json(), jdks);
    }
    Files.writeString(raw, home.plain(Files.readString(raw), jdks));
    Files.writeString(folder.resolve(name + ".json"), json);
    List<Measured> measured = Measured.read(json);
    List<Verdict> verdicts = Bounds.verdicts(measured, selection.names());
    Files.writeString(folder.resolve(name + ".md"), markdown(name, measured, verdicts, arrived));
    out.println("results: " + folder.resolve(name + ".md") + ", and .json and .txt beside it");
    out.println();
    return judge(measured, selection, verdicts);
  }

  private void measure(Forks forks, Selection selection, int port, Interruption interruption)
      throws IOException, InterruptedException {
    int rounds = flags.quick ? 1 : flags.forks;
    for (int round = 0; round < rounds; round++) {
      for (Jdk jdk : jdks) {
        for (Group group : Group.values()) {
          List<String> those = selection.benchmarks().stream().filter(group::holds).toList();
          if (those.isEmpty() || (round > 0 && !group.judged())) continue;
          List<String> jvmArgs = new ArrayList<>(List.of("-Dzibrato.port=" + port));
          jvmArgs.addAll(group.jvmArgs(home));
          for (int threads : group.threads()) {
            out.printf(
                "round %d of %d, %s, %s, threads: %d%n",
                round + 1, rounds, jdk.name(), group.title(), threads);
            forks.run(those, jdk, threads, group.effort(flags.quick), jvmArgs);
            interruption.check();
          }
        }
      }
    }
  }

  private String markdown(
      String name, List<Measured> measured, List<Verdict> verdicts, WorkerStats arrived) {
    String command = home.plain(("./zibrato bench " + String.join(" ", args)).strip(), jdks);
    return "# What a call costs\n\n"
        + Surroundings.describe(command)
        + "- raw: [%s.json](%s.json), as JMH writes it, and [%s.txt](%s.txt), as it prints it\n"
            .formatted(name, name, name, name)
        + NOTES.formatted(
            Bounds.NOTHING_BYTES, arrived.messages(), arrived.booked(), arrived.lost())
        + (flags.quick ? "- **a quick run: too short to judge by**\n\n" : "\n")
        + "## Bounds\n\n"
        + Verdict.table(verdicts)
        + '\n'
        + new Report(measured).markdown();
  }

  private int judge(List<Measured> measured, Selection selection, List<Verdict> verdicts) {
    List<String> missing =
        selection.names().stream()
            .filter(name -> measured.stream().noneMatch(m -> m.name().equals(name)))
            .toList();
    if (!missing.isEmpty()) out.println("without a result: " + String.join(", ", missing));
    if (flags.quick) out.println("A quick run: too short to judge by.");
    out.print(Verdict.table(verdicts));
    out.flush();
    if (flags.quick) return missing.isEmpty() ? Command.STOPPED : Command.FAILED;
    boolean kept = missing.isEmpty() && verdicts.stream().allMatch(Verdict::holds);
    return kept ? Command.STOPPED : Command.FAILED;
  }
}
