package io.zibrato.bench.startup;

import com.beust.jcommander.Parameter;
import io.zibrato.daemon.Flags;
import io.zibrato.daemon.UsageException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line of {@link StartupMain}. */
final class StartupFlags extends Flags {
  @Parameter(
      names = "--home",
      hidden = true,
      description = "The clone; bench/startup gives it",
      required = true)
  String home;

  @Parameter(
      names = "--jdk",
      description = "A JDK to run the application on; repeatable. Default: the one in use")
  List<String> jdks = new ArrayList<>();

  @Parameter(names = "--runs", description = "Runs of each variant, of which the median counts")
  int runs = 5;

  @Parameter(names = "--results", description = "Folder for the result file")
  String results;

  List<Path> jdkHomes() {
    return jdks.isEmpty()
        ? List.of(Path.of(System.getProperty("java.home")))
        : jdks.stream().map(Path::of).toList();
  }

  /** As in the result file. */
  String given() {
    StringBuilder given = new StringBuilder("--runs " + runs);
    for (String jdk : jdks) given.append(" --jdk ").append(Path.of(jdk).getFileName());
    return given.toString();
  }

  Path resultsFolder() {
    return results == null ? Path.of(home, "bench", "results") : Path.of(results);
  }

  @Override
  protected void check() throws UsageException {
    if (runs < 1) throw new UsageException("--runs is less than 1: " + runs);
    for (Path jdk : jdkHomes()) {
      if (!Files.isExecutable(jdk.resolve("bin/java"))) {
        throw new UsageException("--jdk has no bin/java in it: " + jdk);
      }
    }
  }
}
