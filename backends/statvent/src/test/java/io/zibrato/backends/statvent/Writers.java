package io.zibrato.backends.statvent;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Processes that write pipes: Python programs, and Java ones with our recorder. */
final class Writers implements AutoCloseable {
  private static final Path PYTHON = Path.of("/usr/bin/python3");

  private final Path pipes;
  private final List<Writer> writers = new ArrayList<>();

  /** One of them, which is ready. */
  record Writer(Process process, BufferedReader out) {
    String id() {
      return String.valueOf(process.pid());
    }

    /** Writes a line to it, and waits for its answer. */
    void tell(String line) throws IOException {
      say(line);
      out.readLine();
    }

    void say(String line) throws IOException {
      OutputStream in = process.getOutputStream();
      in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
      in.flush();
    }

    void signal(String signal) throws IOException, InterruptedException {
      new ProcessBuilder("kill", "-" + signal, id()).start().waitFor();
      if (signal.equals("KILL")) process.waitFor(30, TimeUnit.SECONDS);
    }
  }

  Writers(Path pipes) {
    this.pipes = pipes;
  }

  /** The script {@code pipe_writer.py}, whose text says what its arguments are. */
  Writer python(String... args) throws Exception {
    boolean there = Files.isExecutable(PYTHON);
    if (!Boolean.getBoolean("zibrato.test.require-tools")) assumeTrue(there, "python3");
    List<String> command = new ArrayList<>();
    command.add(PYTHON.toString());
    command.add(Path.of(Writers.class.getResource("/pipe_writer.py").toURI()).toString());
    List<String> rest = new ArrayList<>(List.of(args));
    if (args.length > 0 && args[0].startsWith("--")) command.add(rest.remove(0));
    command.add(pipes.toString());
    command.addAll(rest);
    return start(command);
  }

  /** A {@link StatsApplication}. */
  Writer java(String... args) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-Dzibrato.statvent=true", "-Dzibrato.statvent.pipe-dir=" + pipes));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(StatsApplication.class.getName());
    command.addAll(List.of(args));
    return start(command);
  }

  private Writer start(List<String> command) throws IOException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    Writer writer = new Writer(process, process.inputReader(StandardCharsets.UTF_8));
    writers.add(writer);
    String line = writer.out.readLine();
    if (line == null || !line.startsWith("ready")) throw new AssertionError("it said " + line);
    return writer;
  }

  @Override
  public void close() {
    for (Writer writer : writers) writer.process.destroyForcibly();
    for (Writer writer : writers) writer.process.onExit().join();
  }
}
