package io.zibrato.bench.footprint;

import com.beust.jcommander.Parameter;
import io.zibrato.daemon.Flags;
import io.zibrato.daemon.UsageException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The program's command line. */
final class FootprintFlags extends Flags {
  @Parameter(
      names = "--jdk",
      order = 1,
      description = "A JDK's folder, to measure under it; may be given again. Default: this one's")
  List<String> jdks = new ArrayList<>();

  @Parameter(names = "--only", order = 2, description = "Measure only what this regex finds")
  String only = "";

  @Parameter(
      names = "--quick",
      order = 3,
      description = "A run of seconds that shows that it works; too short to judge by")
  boolean quick;

  @Parameter(names = "--results", order = 4, description = "The folder to write the results to")
  String results = "bench/results";

  @Override
  protected void check() throws UsageException {
    for (String jdk : jdks) {
      if (!Files.isExecutable(java(jdk))) {
        throw new UsageException("--jdk: there is no bin/java in it: \"" + jdk + '"');
      }
    }
    if (facts().isEmpty()) throw new UsageException("--only: finds nothing: \"" + only + '"');
    if (Files.exists(Path.of(results)) && !Files.isDirectory(Path.of(results))) {
      throw new UsageException("--results: not a folder: \"" + results + '"');
    }
  }

  /** The {@code java} commands to measure under. */
  List<Path> javas() {
    List<String> homes = jdks.isEmpty() ? List.of(System.getProperty("java.home")) : jdks;
    return homes.stream().map(FootprintFlags::java).toList();
  }

  private static Path java(String jdk) {
    return Path.of(jdk, "bin", "java");
  }

  /** The facts asked for, and those that they are held against. */
  List<Fact> facts() throws UsageException {
    try {
      Pattern pattern = Pattern.compile(only);
      Set<String> names = new HashSet<>();
      for (Fact fact : Fact.all()) {
        if (!pattern.matcher(fact.name()).find()) continue;
        names.add(fact.name());
        for (Fact.Bound bound : fact.bounds()) names.add(bound.over());
      }
      return Fact.all().stream().filter(fact -> names.contains(fact.name())).toList();
    } catch (PatternSyntaxException e) {
      throw new UsageException("--only: not a regex: \"" + only + '"');
    }
  }
}
