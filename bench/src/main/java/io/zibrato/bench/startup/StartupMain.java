package io.zibrato.bench.startup;

import io.zibrato.bench.Surroundings;
import io.zibrato.bench.Verdict;
import io.zibrato.daemon.Command;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * {@code bench/startup}: what the agent costs an application of 3000 classes as it starts. Exit
 * code 0: every bound holds; 1: one does not, or something failed; 2: bad usage.
 */
public final class StartupMain {
  private StartupMain() {}

  public static void main(String[] args) {
    System.exit(run(args, System.out, System.err));
  }

  static int run(String[] args, PrintStream out, PrintStream err) {
    return Command.ofTask(
            "bench/startup", new StartupFlags(), (flags, to, asked) -> measure(flags, to))
        .run(args, out, err);
  }

  private static int measure(StartupFlags flags, PrintStream out)
      throws IOException, InterruptedException {
    Path home = Path.of(flags.home);
    Path libraries = home.resolve("bench/target/startup");
    Path folder = Files.createTempDirectory("zibrato-startup");
    boolean holds = true;
    try {
      Application app = Application.generate(folder, libraries.resolve("zibrato-annotations.jar"));
      List<Variant> variants =
          Variant.all(
              app,
              home.resolve("aspects/target/zibrato-agent.jar"),
              libraries.resolve("aspectjweaver.jar"),
              aspects(libraries));
      for (Path jdk : flags.jdkHomes()) {
        Comparison comparison = Comparison.run(jdk, variants, flags.runs, folder);
        List<Verdict> verdicts = comparison.verdicts();
        String report = report(flags, jdk, comparison, verdicts);
        out.println(report);
        write(flags.resultsFolder(), jdk, report, out);
        holds &= verdicts.stream().allMatch(Verdict::holds);
      }
    } finally {
      Application.delete(folder);
    }
    return holds ? Command.STOPPED : Command.FAILED;
  }

  /** Our aspects and what they need, without the weaver, which is the agent there. */
  private static List<Path> aspects(Path libraries) throws IOException {
    try (Stream<Path> files = Files.list(libraries)) {
      return files
          .filter(file -> file.toString().endsWith(".jar"))
          .filter(file -> !file.endsWith("aspectjweaver.jar"))
          .sorted()
          .toList();
    }
  }

  private static String report(
      StartupFlags flags, Path jdk, Comparison comparison, List<Verdict> verdicts)
      throws IOException {
    return "# Start-up with the load-time agent, JDK %s%n%n%s- application: %d classes, %d of them annotated, on JDK %s; medians of %d runs, interleaved; the JVM's default heap%n%n%s%n%s"
        .formatted(
            version(jdk),
            Surroundings.describe("bench/startup " + flags.given()),
            Application.CLASSES,
            Application.MEASURED,
            version(jdk),
            flags.runs,
            comparison.table(),
            Verdict.table(verdicts));
  }

  private static void write(Path folder, Path jdk, String report, PrintStream out)
      throws IOException {
    String major = version(jdk).replaceAll("\\D.*", "");
    String name = LocalDate.now(ZoneOffset.UTC) + "-startup-jdk" + major + ".md";
    Path file = Files.createDirectories(folder).resolve(name);
    Files.writeString(file, report);
    out.println("written to " + file);
  }

  /** What a JDK's own release file says. */
  private static String version(Path jdk) throws IOException {
    Properties release = new Properties();
    try (var in = Files.newBufferedReader(jdk.resolve("release"))) {
      release.load(in);
    }
    return release.getProperty("JAVA_VERSION", "unknown").replace("\"", "");
  }
}
