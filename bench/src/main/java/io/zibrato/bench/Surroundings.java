package io.zibrato.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Where a run took place: what a reader of its results has to know beside the figures. */
public final class Surroundings {
  private Surroundings() {}

  /**
   * Lines in Markdown: time, commit, machine, JDK, and the command.
   *
   * @param command as the user gave it, with its flags
   */
  public static String describe(String command) {
    Runtime runtime = Runtime.getRuntime();
    return "- command: `%s`%n- time: %s%n- commit: %s%n- machine: %s, %d processors, %d MiB, %s %s%n- java: %s %s%n"
        .formatted(
            command,
            Instant.now().truncatedTo(ChronoUnit.SECONDS),
            commit(),
            processor(),
            runtime.availableProcessors(),
            memoryMib(),
            System.getProperty("os.name"),
            System.getProperty("os.version"),
            System.getProperty("java.vm.name"),
            Runtime.version());
  }

  /** The commit, and whether files differ from it; "unknown" outside a clone. */
  static String commit() {
    String commit = output("git", "rev-parse", "--short=12", "HEAD");
    if (commit.isEmpty()) return "unknown";
    String changed = output("git", "status", "--porcelain", "--untracked-files=no");
    return changed.isEmpty() ? commit : commit + ", with changes";
  }

  private static String output(String... command) {
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0 ? output.strip() : "";
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  private static String processor() {
    return line("/proc/cpuinfo", "model name").orElse(System.getProperty("os.arch"));
  }

  private static long memoryMib() {
    return line("/proc/meminfo", "MemTotal")
        .map(kib -> Long.parseLong(kib.replace("kB", "").strip()) / 1024)
        .orElse(-1L);
  }

  private static Optional<String> line(String file, String key) {
    try {
      List<String> lines = Files.readAllLines(Path.of(file));
      return lines.stream()
          .filter(line -> line.startsWith(key))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
