package io.zibrato.samples.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Programs that are not ours. A test that needs a missing one is skipped, or fails where tools are required. */
final class Tools {
  static final Path HOME = Path.of("../..").toAbsolutePath().normalize();

  private static final String PYTHON = "/usr/bin/python3";
  private static final String CHROMIUM = "/usr/bin/chromium";

  private Tools() {}

  /** The command of one of our scripts, for a Python that has ZeroMQ. */
  static List<String> python(String script, Object... args) throws Exception {
    requireOrSkip(
        Files.isExecutable(Path.of(PYTHON)) && exitCode(PYTHON, "-c", "import zmq") == 0,
        "python3-zmq");
    Path file = Path.of(Tools.class.getResource("/" + script).toURI());
    List<String> command = new ArrayList<>(List.of(PYTHON, file.toString()));
    for (Object arg : args) command.add(arg.toString());
    return command;
  }

  /** What a page looks like after a few seconds of its own time. */
  static String domOf(String url, Path dir) throws IOException, InterruptedException {
    requireOrSkip(Files.isExecutable(Path.of(CHROMIUM)), "chromium");
    Path dom = Files.createTempFile(dir, "dom", ".html");
    Process chromium =
        new ProcessBuilder(
                CHROMIUM,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--user-data-dir=" + Files.createTempDirectory(dir, "profile"),
                "--virtual-time-budget=8000",
                "--dump-dom",
                url)
            .redirectOutput(dom.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!chromium.waitFor(90, TimeUnit.SECONDS)) {
      chromium.descendants().forEach(ProcessHandle::destroyForcibly);
      chromium.destroyForcibly();
      throw new AssertionError("chromium did not end within 90 s");
    }
    return Files.readString(dom);
  }

  private static int exitCode(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  private static void requireOrSkip(boolean there, String tool) {
    if (Boolean.getBoolean("zibrato.test.require-tools")) assertThat(there).as(tool).isTrue();
    assumeTrue(there, "needs " + tool);
  }
}
