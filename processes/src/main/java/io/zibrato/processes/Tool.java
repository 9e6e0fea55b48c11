package io.zibrato.processes;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A short command of the system's. */
public final class Tool {
  private Tool() {}

  /**
   * @throws IOException with what it said, when it failed
   */
  public static void run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    byte[] said = process.getInputStream().readAllBytes();
    if (process.waitFor() == 0) return;
    String text = new String(said, StandardCharsets.UTF_8).strip();
    throw new IOException(String.join(" ", List.of(command)) + ": " + text);
  }

  /** Whether it works here. */
  public static boolean works(String... command) {
    try {
      run(command);
      return true;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
