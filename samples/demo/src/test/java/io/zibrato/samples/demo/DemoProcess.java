package io.zibrato.samples.demo;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The demo's jar as a process. Its own temporary folder shows what it leaves behind. */
final class DemoProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Pattern ROW =
      Pattern.compile("(\\S+) +(\\S+) +(counter|timer|gauge|unknown) +(\\d+) +(\\d+) +(-?\\d+)");

  final Process process;
  private final Path temporary;
  private final Path out;
  private final Path err;

  DemoProcess(Path dir, String... args) throws IOException {
    temporary = Files.createDirectory(dir.resolve("tmp"));
    out = dir.resolve("out.txt");
    err = dir.resolve("err.txt");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Djava.io.tmpdir=" + temporary);
    command.addAll(List.of("-jar", Path.of("target", "zibrato-demo.jar").toString()));
    command.addAll(List.of("--home", Tools.HOME.toString()));
    command.addAll(List.of(args));
    process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
  }

  String out() throws IOException {
    return Files.readString(out);
  }

  String err() throws IOException {
    return Files.readString(err);
  }

  /** The address of the page, once it is said. */
  String page() throws IOException {
    Pattern line = Pattern.compile("The page: (http://\\S+)");
    await()
        .atMost(PATIENCE)
        .until(() -> line.matcher(out()).find() || !process.isAlive());
    Matcher matcher = line.matcher(out());
    if (!matcher.find()) throw new AssertionError(out() + err());
    return matcher.group(1);
  }

  /** Waits for a line of the live table that has counted something. */
  void awaitCounts() {
    await()
        .atMost(PATIENCE)
        .until(() -> Pattern.compile("(?m)^shop.order +shop +[1-9]").matcher(out()).find());
  }

  int exitCode() throws IOException, InterruptedException {
    if (process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) return process.exitValue();
    throw new AssertionError("hangs: " + out() + err());
  }

  List<Reconciliation.Line> reconciliation() throws IOException {
    return ROW.matcher(out())
        .results()
        .map(
            row ->
                new Reconciliation.Line(
                    row.group(1),
                    row.group(2),
                    row.group(3),
                    Long.parseLong(row.group(4)),
                    Long.parseLong(row.group(5))))
        .toList();
  }

  /** What lies in its temporary folder that is the demo's own. */
  List<Path> left() throws IOException {
    try (Stream<Path> paths = Files.list(temporary)) {
      return paths.filter(path -> path.getFileName().toString().startsWith("zibrato-")).toList();
    }
  }

  @Override
  public void close() {
    List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
    all.add(process.toHandle());
    all.forEach(ProcessHandle::destroyForcibly);
  }
}
