package io.zibrato.store.clients;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Programs of the machine. */
final class Tool {
  private static final long TIMEOUT_SECONDS = 240;

  private Tool() {}

  /**
   * Has the test skipped if a program is not on the {@code PATH}, or fail where {@code
   * zibrato.test.require-tools} is {@code true}.
   */
  static void require(String name) {
    boolean there =
        List.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)).stream()
            .anyMatch(dir -> Files.isExecutable(Path.of(dir, name)));
    if (!there && Boolean.getBoolean("zibrato.test.require-tools")) {
      throw new AssertionError(name + " is not on the PATH");
    }
    assumeTrue(there, name + " is not on the PATH");
  }

  /** Runs a command to its end and returns what it printed; it has to exit with 0. */
  static String run(Path dir, List<String> command) throws IOException, InterruptedException {
    Path out = Files.createTempFile(dir, "out", ".txt");
    Path err = Files.createTempFile(dir, "err", ".txt");
    Process process =
        new ProcessBuilder(command)
            .directory(dir.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    process.getOutputStream().close();
    try {
      if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError(command + " does not end");
      }
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    if (process.exitValue() != 0) {
      throw new AssertionError(
          command + " exits with " + process.exitValue() + ": " + Files.readString(err));
    }
    return Files.readString(out);
  }
}
