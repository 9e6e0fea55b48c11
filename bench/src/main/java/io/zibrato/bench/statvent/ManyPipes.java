package io.zibrato.bench.statvent;

import io.zibrato.bench.Surroundings;
import io.zibrato.bench.Verdict;
import java.io.Closeable;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Many Python processes with a pipe each, some of which never answer, and one web service that is
 * asked again and again; in one half of the requests, as many others have just been stopped, so
 * that the service does not know yet that they will not answer.
 */
final class ManyPipes implements Closeable {
  private static final double BOUND_MILLIS = 500;
  private static final int WARM_UP = 20;
  private static final long PAUSE_MILLIS = 200;

  private final PipesFlags flags;
  private final PrintStream out;
  private final Path home;
  private final Path pipes;
  private final HttpClient client = HttpClient.newHttpClient();
  private final List<Process> started = new ArrayList<>();
  private final List<Process> answering = new ArrayList<>();

  ManyPipes(PipesFlags flags, PrintStream out) throws IOException {
    this.flags = flags;
    this.out = out;
    this.home = Path.of(flags.home).toAbsolutePath().normalize();
    this.pipes = Files.createTempDirectory("zibrato-bench-pipes");
  }

  /** Returns whether all bounds hold. */
  boolean run() throws IOException, InterruptedException {
    for (int i = 0; i < flags.processes; i++) writer(i < flags.hanging);
    for (Process process : started) awaitLine(process, "ready");
    out.println("... " + flags.processes + " processes");
    URI stats = service();
    double first = millis(stats, 0);
    for (int i = 0; i < WARM_UP; i++) millis(stats, 0);
    double[] known = new double[flags.requests];
    for (int i = 0; i < known.length; i++) known[i] = millis(stats, 0);
    double[] fresh = new double[flags.requests];
    for (int i = 0; i < fresh.length; i++) fresh[i] = withStopped(stats, i);
    return write(first, known, fresh);
  }

  private void writer(boolean hangs) throws IOException {
    String script = home.resolve("bench/src/main/python/pipe.py").toString();
    List<String> command = new ArrayList<>(List.of("python3", script, pipes.toString()));
    if (hangs) command.add("hangs");
    Process process = new ProcessBuilder(command).start();
    started.add(process);
    if (!hangs) answering.add(process);
  }

  private static String awaitLine(Process process, String start) throws IOException {
    String line = process.inputReader(StandardCharsets.UTF_8).readLine();
    if (line != null && line.startsWith(start)) return line;
    throw new IOException("a process said " + line + ", not " + start);
  }

  private URI service() throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String jar = home.resolve("backends/statvent/target/zibrato-statvent.jar").toString();
    Process service =
        new ProcessBuilder(java, "-jar", jar, "--port", "0", "--pipe-dir", pipes.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    started.add(service);
    String line = awaitLine(service, "statvent listening on ");
    return URI.create(line.substring("statvent listening on ".length()) + "/stats");
  }

  /** Asks once, and checks that all were summed up that can be. */
  private double millis(URI stats, int stopped) throws IOException, InterruptedException {
    // A Python process has no pipe for a moment after each reader.
    Thread.sleep(PAUSE_MILLIS);
    long begin = System.nanoTime();
    HttpResponse<String> response =
        client.send(
            HttpRequest.newBuilder(stats).build(),
            HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    double millis = (System.nanoTime() - begin) / 1e6;
    String right = "\"stat 49\":" + (answering.size() - stopped) + ",";
    if (!response.body().contains(right)) {
      throw new IOException("the answer has no " + right + " in it");
    }
    return millis;
  }

  private double withStopped(URI stats, int turn) throws IOException, InterruptedException {
    List<String> stopped = new ArrayList<>();
    for (int i = 0; i < flags.hanging; i++) {
      int which = (turn * flags.hanging + i) % answering.size();
      stopped.add(String.valueOf(answering.get(which).pid()));
    }
    signal("-STOP", stopped);
    try {
      return millis(stats, flags.hanging);
    } finally {
      signal("-CONT", stopped);
      awaitAll(stats);
    }
  }

  private void awaitAll(URI stats) throws IOException, InterruptedException {
    while (!allAnswer(stats)) out.println("... waiting for all to answer again");
  }

  private boolean allAnswer(URI stats) throws IOException, InterruptedException {
    try {
      millis(stats, 0);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static void signal(String signal, List<String> pids)
      throws IOException, InterruptedException {
    if (pids.isEmpty()) return;
    List<String> command = new ArrayList<>(List.of("kill", signal));
    command.addAll(pids);
    new ProcessBuilder(command).start().waitFor();
  }

  private boolean write(double first, double[] known, double[] fresh) throws IOException {
    Arrays.sort(known);
    Arrays.sort(fresh);
    List<Verdict> verdicts =
        List.of(
            Verdict.atMost("first answer of a service just started", first, "ms", BOUND_MILLIS),
            Verdict.atMost(
                "slowest answer, the same hanging as before", last(known), "ms", BOUND_MILLIS),
            Verdict.atMost(
                "slowest answer, as many more just begun to hang",
                last(fresh),
                "ms",
                BOUND_MILLIS));
    String text =
        String.format(
            Locale.ROOT,
            "# Reading many pipes%n%n%s%n%d processes with 50 numbers each, %d of them hanging;"
                + " %d requests of each kind, 200 ms apart; milliseconds as the client saw"
                + " them.%n%n%s%n| | median | slowest |%n|---|---|---|%n| the same hanging as before"
                + " | %.1f | %.1f |%n| %d more just begun to hang | %.1f | %.1f |%n",
            Surroundings.describe("./zibrato bench statvent --requests " + flags.requests),
            flags.processes,
            flags.hanging,
            flags.requests,
            Verdict.table(verdicts),
            known[known.length / 2],
            last(known),
            flags.hanging,
            fresh[fresh.length / 2],
            last(fresh));
    Path dir = flags.results == null ? home.resolve("bench/results") : Path.of(flags.results);
    Files.createDirectories(dir);
    Path file = dir.resolve(LocalDate.now(ZoneOffset.UTC) + "-statvent.md");
    Files.writeString(file, text);
    out.println("wrote " + file);
    out.print(Verdict.table(verdicts));
    return verdicts.stream().allMatch(Verdict::holds);
  }

  private static double last(double[] sorted) {
    return sorted[sorted.length - 1];
  }

  @Override
  public void close() throws IOException {
    for (Process process : started) process.destroyForcibly();
    try (Stream<Path> files = Files.list(pipes)) {
      for (Path file : files.toList()) Files.deleteIfExists(file);
    }
    Files.deleteIfExists(pipes);
  }
}
