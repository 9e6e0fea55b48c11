package io.zibrato.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The real jar as a process. */
final class StoreProcess implements AutoCloseable {
  private static final long TIMEOUT_SECONDS = 60;

  final Process process;
  private final Path err;

  StoreProcess(Path dir, String... args) throws IOException {
    final List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-jar", Path.of("target", "zibrato-store.jar").toString()));
    command.addAll(List.of(args));
    err = Files.createTempFile(dir, "stderr", ".txt");
    final ProcessBuilder builder = new ProcessBuilder(command).redirectError(err.toFile());
    builder.environment().keySet().removeAll(List.of("LIBRATO_USER", "LIBRATO_TOKEN"));
    builder.environment().putAll(Map.of("XDG_STATE_HOME", dir.toString()));
    process = builder.start();
  }

  /** Waits for the line that says where it listens. */
  URI listening() throws IOException {
    final BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    final String line = out.readLine();
    if (line == null || !line.matches("store listening on http://127\\.0\\.0\\.1:[0-9]+")) {
      throw new AssertionError("stdout: " + line + ", stderr: " + Files.readString(err));
    }
    return URI.create(line.substring("store listening on ".length()));
  }

  int exitCode() throws InterruptedException {
    if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("still running after " + TIMEOUT_SECONDS + " s");
    }
    return process.exitValue();
  }

  String stderr() throws IOException {
    return Files.readString(err);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
