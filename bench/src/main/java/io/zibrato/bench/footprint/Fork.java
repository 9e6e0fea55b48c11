package io.zibrato.bench.footprint;

import io.zibrato.daemon.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** JVMs of this program's own class path. */
final class Fork {
  private static final int FIRST_LINES = 3;
  private static final long LOOK_MILLIS = 100;

  private Fork() {}

  /**
   * Runs a main class to its end.
   *
   * @return the figures that it printed
   * @throws IOException with its first lines, when it failed
   * @throws InterruptedException when this process is asked to stop meanwhile; the other is stopped
   */
  static Figures run(
      Path java, List<String> jvm, Class<?> main, Command.Asked asked, String... args)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile("zibrato-footprint-", ".txt");
    Process process =
        builder(java, jvm, main, args)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        if (asked.await(0)) throw new InterruptedException("asked to stop");
      }
      return figures(process.exitValue(), Files.readAllLines(output));
    } finally {
      process.destroyForcibly();
      Files.delete(output);
    }
  }

  private static Figures figures(int exit, List<String> lines) throws IOException {
    Figures figures = new Figures();
    List<String> others = lines.stream().filter(line -> !figures.take(line)).toList();
    if (exit == 0) return figures;
    List<String> first = others.subList(0, Math.min(FIRST_LINES, others.size()));
    throw new IOException("exit code " + exit + ": " + String.join(" / ", first));
  }

  static ProcessBuilder builder(Path java, List<String> jvm, Class<?> main, String... args) {
    List<String> command = new ArrayList<>(List.of(java.toString()));
    command.addAll(jvm);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command);
    // The user's own settings are not for these processes.
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.startsWith("ZIBRATO_") || name.endsWith("JAVA_OPTIONS"));
    return builder;
  }
}
