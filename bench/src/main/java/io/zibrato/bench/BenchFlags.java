package io.zibrato.bench;

import com.beust.jcommander.Parameter;
import io.zibrato.daemon.Flags;
import io.zibrato.daemon.UsageException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The command line. */
final class BenchFlags extends Flags {
  @Parameter(
      names = "--jdk",
      order = 1,
      description = "A JDK's folder, to measure under it; may be given again. Default: this one's")
  List<String> jdks = new ArrayList<>();

  @Parameter(
      names = "--only",
      order = 2,
      description =
          "Only the benchmarks in whose Class.method this regex is found, and the floors that they"
              + " are held against")
  String only = "";

  @Parameter(
      names = "--forks",
      order = 3,
      description = "JVMs for each floor and each of ours, 1 to 20; peers and shapes get one")
  int forks = 3;

  @Parameter(
      names = "--quick",
      order = 4,
      description = "A short run that shows that all works; too short to judge by")
  boolean quick;

  @Parameter(
      names = "--while",
      order = 5,
      description =
          "What is wrong meanwhile: broker-dead, service-gone, or disk-full, which needs root")
  String trouble = Trouble.NONE.word();

  @Parameter(
      names = "--results",
      order = 6,
      description = "The folder to write to. Default: bench/results of the clone")
  String results;

  @Override
  protected void check() throws UsageException {
    for (String jdk : jdks) {
      if (!Files.isExecutable(Jdk.java(jdk))) {
        throw new UsageException("--jdk: there is no bin/java in it: \"" + jdk + '"');
      }
    }
    if (forks < 1 || forks > 20)
      throw new UsageException("--forks: not from 1 to 20: \"" + forks + '"');
    if (results != null && Files.exists(Path.of(results)) && !Files.isDirectory(Path.of(results))) {
      throw new UsageException("--results: not a folder: \"" + results + '"');
    }
    if (trouble() == null) {
      throw new UsageException(
          "--while: not broker-dead, service-gone or disk-full: \"" + trouble + '"');
    }
    pattern();
  }

  /** Null only before it is checked. */
  Trouble trouble() {
    return Trouble.of(trouble);
  }

  Pattern pattern() throws UsageException {
    try {
      return Pattern.compile(only);
    } catch (PatternSyntaxException e) {
      throw new UsageException("--only: not a regex: \"" + only + '"');
    }
  }

  List<Jdk> jdks() {
    List<String> homes = jdks.isEmpty() ? List.of(System.getProperty("java.home")) : jdks;
    return homes.stream().distinct().map(Jdk::of).toList();
  }
}
