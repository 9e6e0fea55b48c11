package io.zibrato.processes;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A process of ours that another one has started. What it says goes into a file of its name, and
 * the last lines are at hand. Any thread.
 *
 * <p>Ctrl-C in a terminal goes to every process that was started from it. A child does not hear it,
 * because its parent stops its children in an order of its own.
 */
public final class Child implements AutoCloseable {
  private static final List<String> DEAF_TO_CTRL_C =
      List.of("/bin/sh", "-c", "trap '' INT; exec \"$@\"", "sh");
  private static final long READY_SECONDS = 60;
  private static final long STOP_SECONDS = 20;
  private static final int LAST_LINES = 15;
  private static final int MOST_ANSWERS = 1000;

  private final String name;
  private final Process process;
  private final Pattern readyLine;
  private final CompletableFuture<Matcher> ready = new CompletableFuture<>();
  private final Thread reader;
  private final Deque<String> lastLines = new ArrayDeque<>(); // guarded by itself
  private final BlockingQueue<String> answers = new ArrayBlockingQueue<>(MOST_ANSWERS);
  private volatile boolean stopping;

  private Child(String name, Process process, Path log, String readyLine) {
    this.name = name;
    this.process = process;
    this.readyLine = Pattern.compile(readyLine);
    this.reader = new Thread(() -> read(log), "reads-" + name);
    reader.setDaemon(true);
  }

  static Child start(String name, Path dir, String readyLine, List<String> command)
      throws IOException {
    List<String> whole = new ArrayList<>(DEAF_TO_CTRL_C);
    whole.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(whole).redirectErrorStream(true);
    // The user's own settings are not for these processes.
    builder
        .environment()
        .keySet()
        .removeIf(variable -> variable.startsWith("ZIBRATO_") || variable.startsWith("LIBRATO_"));
    Child child = new Child(name, builder.start(), dir.resolve(name + ".txt"), readyLine);
    child.reader.start();
    return child;
  }

  private void read(Path log) {
    try (BufferedReader in = process.inputReader(StandardCharsets.UTF_8);
        PrintStream to =
            new PrintStream(Files.newOutputStream(log), true, StandardCharsets.UTF_8)) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        to.println(line);
        take(line);
      }
    } catch (IOException e) {
      take("its output cannot be read or kept: " + e);
    }
    ready.completeExceptionally(new IOException(name + " ended"));
  }

  private void take(String line) {
    synchronized (lastLines) {
      lastLines.add(line);
      if (lastLines.size() > LAST_LINES) lastLines.remove();
    }
    while (!answers.offer(line)) answers.poll();
    Matcher matcher = readyLine.matcher(line);
    if (!ready.isDone() && matcher.find()) ready.complete(matcher);
  }

  public String name() {
    return name;
  }

  public long pid() {
    return process.pid();
  }

  /** Waits for the line that says it is ready, and returns its match. */
  public Matcher ready() throws IOException, InterruptedException {
    try {
      return ready.get(READY_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      process.waitFor(STOP_SECONDS, TimeUnit.SECONDS);
      throw failure("ended before it was ready");
    } catch (TimeoutException e) {
      throw failure("was not ready after " + READY_SECONDS + " s");
    }
  }

  /**
   * @throws IOException if it has ended and nobody stopped it
   */
  public void check() throws IOException {
    if (!stopping && !process.isAlive()) throw failure("ended");
  }

  /** Stops it by SIGTERM. It has to end with exit code 0. */
  public void stop() throws IOException, InterruptedException {
    stopping = true;
    process.destroy();
    awaitEnd();
  }

  /** Stops it by the end of its standard input. It has to end with exit code 0. */
  public void stopByInput() throws IOException, InterruptedException {
    stopping = true;
    process.getOutputStream().close();
    awaitEnd();
  }

  private void awaitEnd() throws IOException, InterruptedException {
    if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
      throw failure("did not stop within " + STOP_SECONDS + " s");
    }
    if (process.exitValue() != 0) throw failure("did not stop well");
  }

  private IOException failure(String what) {
    try {
      reader.join(1000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    StringBuilder message = new StringBuilder(name).append(' ').append(what);
    if (!process.isAlive()) message.append(", with exit code ").append(process.exitValue());
    synchronized (lastLines) {
      message.append(lastLines.isEmpty() ? "; it said nothing" : "; it said last:");
      for (String line : lastLines) message.append("\n  ").append(line);
    }
    return new IOException(message.toString());
  }

  /** Stops it if nobody has, and does not care how it ends. */
  @Override
  public void close() {
    stopping = true;
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /** Ends it by SIGKILL, and does not wait. */
  public void kill() {
    stopping = true;
    process.destroyForcibly();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Waits for its end, at most so long, and returns whether it has ended. */
  public boolean awaitEnd(long millis) throws InterruptedException {
    return process.waitFor(millis, TimeUnit.MILLISECONDS);
  }

  /** Its exit code, once it has ended. */
  public int exitCode() {
    return process.exitValue();
  }

  /** Whether it has ended, and might. */
  public boolean isOver() {
    return stopping && !process.isAlive();
  }

  /** It may end from now on, by whatever means: {@link #check} is content. */
  public void mayEnd() {
    stopping = true;
  }

  /** Writes a line to its standard input. */
  public void tell(String line) throws IOException {
    answers.clear();
    OutputStream in = process.getOutputStream();
    in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    in.flush();
  }

  /**
   * The match of the next line in which the pattern is found, of the last thousand since the last
   * {@link #tell} or call of this.
   *
   * @throws IOException if none comes in time
   */
  public Matcher answer(String pattern, long millis) throws IOException, InterruptedException {
    Pattern compiled = Pattern.compile(pattern);
    long untilNanos = System.nanoTime() + millis * 1_000_000;
    while (true) {
      String line = answers.poll(untilNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (line == null) throw failure("did not say \"" + pattern + "\" in " + millis + " ms");
      Matcher matcher = compiled.matcher(line);
      if (matcher.find()) return matcher;
    }
  }
}
