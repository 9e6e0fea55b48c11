package io.zibrato.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A headless browser, with a profile of its own for each page. */
final class Chromium {
  static final Path PROGRAM = Path.of("/usr/bin/chromium");

  private static final long TIMEOUT_SECONDS = 90;

  private Chromium() {}

  /** What a page looks like after a few seconds of its own time. */
  record Seen(String dom, String console) {}

  static Seen open(Path dir, String url, String... flags) throws IOException, InterruptedException {
    final List<String> command = new ArrayList<>();
    command.add(PROGRAM.toString());
    command.addAll(
        List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--user-data-dir=" + Files.createTempDirectory(dir, "profile"),
            "--virtual-time-budget=8000",
            "--enable-logging=stderr",
            "--dump-dom"));
    command.addAll(List.of(flags));
    command.add(url);
    final Path dom = Files.createTempFile(dir, "dom", ".html");
    final Path console = Files.createTempFile(dir, "console", ".txt");
    final Process process =
        new ProcessBuilder(command)
            .redirectOutput(dom.toFile())
            .redirectError(console.toFile())
            .start();
    if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      throw new AssertionError("chromium did not end within " + TIMEOUT_SECONDS + " s");
    }
    return new Seen(
        Files.readString(dom), new String(Files.readAllBytes(console), StandardCharsets.UTF_8));
  }
}
