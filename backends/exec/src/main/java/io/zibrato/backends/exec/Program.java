package io.zibrato.backends.exec;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * One run of the user's program. Its standard error is the worker's; so is its standard output,
 * unless it answers there.
 *
 * <p>One thread writes and reads; {@link #end} may come from another.
 */
final class Program {
  private static final int MAX_ANSWER = 16_384;
  private static final Duration TERM = Duration.ofSeconds(2);
  private static final long POLL_MILLIS = 10;

  private final Process process;
  private final OutputStream in;
  private final InputStream out;
  private final long startedNanos = System.nanoTime();
  private volatile long endedNanos; // 0 while it runs
  private volatile boolean late;

  private Program(Process process) {
    this.process = process;
    this.in = process.getOutputStream();
    this.out = process.getInputStream();
    process.onExit().thenRun(() -> endedNanos = System.nanoTime());
  }

  static Program start(String command, boolean answers) throws IOException {
    ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", command);
    builder.redirectError(Redirect.INHERIT);
    builder.redirectOutput(answers ? Redirect.PIPE : Redirect.INHERIT);
    return new Program(builder.start());
  }

  boolean alive() {
    return process.isAlive();
  }

  /** Whether it ended within so long. */
  boolean endsWithin(Duration time) throws InterruptedException {
    return process.waitFor(time.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** For messages. */
  String ending() {
    if (late) return "did not keep to --timeout, and was ended";
    return process.isAlive() ? "has closed its input or output" : "ended with exit code " + code();
  }

  int code() {
    return process.exitValue();
  }

  /** How long it has run, or ran. */
  Duration age() {
    long until = endedNanos == 0 ? System.nanoTime() : endedNanos;
    return Duration.ofNanos(until - startedNanos);
  }

  /** Writes a line; when this returns, all of it is in the pipe that the program reads. */
  void write(String line) throws IOException {
    in.write((line + '\n').getBytes(StandardCharsets.US_ASCII));
    in.flush();
  }

  /**
   * Reads a line.
   *
   * @throws IOException if the output ended before a line did, or the line is too long
   */
  String read() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    while (true) {
      int read = out.read();
      if (read < 0) throw new IOException("no answer");
      if (read == '\n') return line.toString(StandardCharsets.UTF_8);
      if (line.size() == MAX_ANSWER) {
        throw new IOException("an answer of more than " + MAX_ANSWER + " bytes");
      }
      line.write(read);
    }
  }

  /** Whether there is an answer to nothing: the program has lost step. */
  boolean hasUnreadAnswer() throws IOException {
    return out.available() > 0;
  }

  /** Kills it after so long, unless what this returns is cancelled. */
  ScheduledFuture<?> watch(ScheduledExecutorService clock, Duration timeout) {
    Runnable kill =
        () -> {
          late = true;
          kill();
        };
    return clock.schedule(kill, timeout.toNanos(), TimeUnit.NANOSECONDS);
  }

  void kill() {
    all().forEach(ProcessHandle::destroyForcibly);
  }

  /**
   * Ends its input, and waits until it ends by itself; past the time it gets SIGTERM, and in the
   * end SIGKILL, and so do those that it started. Does not wait for a {@link #write} under way.
   */
  void end(Duration time) {
    Thread closing = new Thread(this::closeInput, "zibrato-exec-close");
    closing.setDaemon(true);
    closing.start();
    List<ProcessHandle> told = List.of();
    try {
      if (endsWithin(time)) return;
      told = all().toList();
      told.forEach(ProcessHandle::destroy);
      if (endWithin(told, TERM)) return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    kill();
    told.forEach(ProcessHandle::destroyForcibly); // whose parent has ended, and who goes on
  }

  /** Waits for a write under way, which ends when the program reads on, or ends. */
  private void closeInput() {
    try {
      in.close();
    } catch (IOException e) {
      // It no longer reads: so it is waited for, and ended, as any other.
    }
  }

  private static boolean endWithin(List<ProcessHandle> all, Duration time)
      throws InterruptedException {
    long untilNanos = System.nanoTime() + time.toNanos();
    while (all.stream().anyMatch(ProcessHandle::isAlive)) {
      if (System.nanoTime() - untilNanos >= 0) return false;
      Thread.sleep(POLL_MILLIS);
    }
    return true;
  }

  private Stream<ProcessHandle> all() {
    return Stream.concat(process.descendants(), Stream.of(process.toHandle()));
  }
}
