package io.zibrato.backends.exec;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * One run of the user's program. Its standard error is the worker's; so is its standard output,
 * unless it answers there.
 *
 * <p>What it started, and left behind, may hold its pipes for long after it has ended. So nothing
 * here waits for a pipe: answers are read once they are there, and a thread that can be left to
 * itself writes.
 *
 * <p>One thread calls; {@link #end} may come from another.
 */
final class Program {
  private static final int MAX_ANSWER = 16_384;
  private static final Duration TERM = Duration.ofSeconds(2);
  private static final Duration BREAKING = Duration.ofSeconds(2);
  private static final long POLL_MILLIS = 10;

  private interface Condition {
    boolean holds() throws IOException;
  }

  private final Process process;
  private final OutputStream in;
  private final InputStream out;
  private final long startedNanos = System.nanoTime();
  private volatile long endedNanos; // 0 while it runs
  private CompletableFuture<Void> writing; // the last line; null before the first
  private boolean late;

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

  /**
   * Writes a line; when this returns, all of it is in the pipe that the program reads. The program
   * is ended if it has not read enough by the deadline.
   *
   * @param writers for the writing, which takes one of them for as long as the pipe is held and not
   *     read
   * @throws IllegalStateException if there is an answer to nothing: the program has lost step
   * @throws RejectedExecutionException if the writers have no thread left
   */
  void write(String line, Executor writers, long deadlineNanos) throws IOException {
    writing = null;
    if (hasAnswer()) {
      throw new IllegalStateException("the program answered more lines than it was given");
    }
    writing = CompletableFuture.runAsync(() -> put(line), writers);
    await(writing::isDone, deadlineNanos);
    try {
      writing.get(BREAKING.toNanos(), TimeUnit.NANOSECONDS); // a pipe that nobody holds breaks
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    } catch (TimeoutException e) {
      throw new IOException("its input is held by what it left behind", e);
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private void put(String line) {
    try {
      in.write((line + '\n').getBytes(StandardCharsets.US_ASCII));
      in.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether all of the last line may be read by now, or may yet be. */
  boolean mayHaveLine() {
    return writing != null && !writing.isCompletedExceptionally();
  }

  /**
   * Reads a line. The program is ended if none is there by the deadline.
   *
   * @throws IOException if the program ended before the line did, or the line is too long
   */
  String read(long deadlineNanos) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    while (await(this::hasAnswer, deadlineNanos)) {
      int read = out.read();
      if (read == '\n') return line.toString(StandardCharsets.UTF_8);
      if (line.size() == MAX_ANSWER) {
        throw new IOException("an answer of more than " + MAX_ANSWER + " bytes");
      }
      line.write(read);
    }
    throw new IOException("no answer");
  }

  /**
   * Waits until it holds, but no longer than the program runs, which is ended at the deadline.
   *
   * @return whether it holds
   */
  private boolean await(Condition condition, long deadlineNanos) throws IOException {
    for (long millis = 1; ; millis = Math.min(POLL_MILLIS, 2 * millis)) {
      boolean over = !process.isAlive(); // asked first: what it did before it ended holds by then
      if (condition.holds()) return true;
      if (over) return false;
      if (System.nanoTime() - deadlineNanos >= 0) {
        late = true;
        kill();
        return false;
      }
      try {
        Thread.sleep(millis);
      } catch (InterruptedException e) {
        throw interrupted();
      }
    }
  }

  private static IOException interrupted() {
    Thread.currentThread().interrupt();
    return new InterruptedIOException();
  }

  private boolean hasAnswer() throws IOException {
    return out.available() > 0;
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
