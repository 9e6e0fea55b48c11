package io.zibrato.backends.exec;

import io.zibrato.backends.Backend;
import io.zibrato.backends.DeliveryException;
import io.zibrato.backends.FatalException;
import io.zibrato.backends.RetryException;
import io.zibrato.backends.Snapshot;
import io.zibrato.backends.SnapshotJson;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Writes each snapshot, as a line of JSON, to a program's standard input, and starts the program
 * again when it ends: at once when it had run for a minute, else with pauses that double from one
 * second to five minutes.
 *
 * <p>With {@code --ack} a snapshot is delivered when the program has answered {@code ok}; one that
 * was not answered comes again, and then may have come twice. Without, it is delivered when it is
 * in the pipe: what is there unread when the program ends, at most 64 KiB on Linux, is lost.
 */
final class ExecBackend extends Backend {
  private static final Logger LOG = System.getLogger(ExecBackend.class.getName());
  private static final Duration SETTLING = Duration.ofMillis(300);
  private static final Duration LONG_RUN = Duration.ofMinutes(1);
  private static final long MAX_PAUSE_SECONDS = 300;
  private static final int CANNOT_RUN = 126;
  private static final int NOT_FOUND = 127;
  private static final int MOST_HELD = 8;

  private final ExecOptions options;
  private final Executor writers;
  private volatile Program program; // null before the first, and after one that failed
  private volatile boolean closed;
  private long pauseSeconds;
  private long pauseUntilNanos = System.nanoTime();

  ExecBackend(ExecOptions options) {
    this(options, MOST_HELD);
  }

  /**
   * @param mostHeld how many pipes may be held, unread, by what programs left behind; each takes a
   *     thread
   */
  ExecBackend(ExecOptions options, int mostHeld) {
    this.options = options;
    writers =
        new ThreadPoolExecutor(
            0, mostHeld + 1, 1, TimeUnit.MINUTES, new SynchronousQueue<>(), ExecBackend::thread);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "zibrato-exec-writer");
    thread.setDaemon(true);
    return thread;
  }

  /** Starts the program. What /bin/sh cannot run at all is fatal. */
  @Override
  public void connect() throws IOException, FatalException {
    try {
      start();
      Program started = program;
      if (!started.endsWithin(SETTLING)) return;
      if (started.code() == CANNOT_RUN || started.code() == NOT_FOUND) {
        throw new FatalException("--command: cannot run: \"" + options.command() + '"');
      }
      throw new IOException("the program " + started.ending());
    } catch (RetryException e) {
      throw new IOException(e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  @Override
  public int batchSize() {
    return options.batchSize();
  }

  @Override
  public void flush(Snapshot snapshot) throws DeliveryException {
    if (snapshot.isEmpty()) return;
    String line = SnapshotJson.line(snapshot);
    start();
    Program running = program;
    try {
      deliver(running, line);
    } catch (IllegalArgumentException | IllegalStateException e) { // it has lost step
      running.kill();
      awaitEnd(running);
      throw failed(e.getMessage(), running, e);
    } catch (IOException e) {
      awaitEnd(running);
      throw failed("the program " + running.ending(), running, e);
    }
  }

  private void deliver(Program running, String line) throws IOException, DeliveryException {
    long deadlineNanos = System.nanoTime() + options.timeout().toNanos();
    try {
      running.write(line, writers, deadlineNanos);
    } catch (RejectedExecutionException e) {
      throw failed("too many programs left one behind that holds their input", running, e);
    }
    if (options.acknowledged()) Answer.check(running.read(deadlineNanos));
  }

  private static RetryException failed(String message, Program running, Exception cause) {
    return new RetryException(message, Duration.ZERO, running.mayHaveLine(), cause);
  }

  /** Who has closed a pipe is most likely ending; one that goes on without is of no use. */
  private static void awaitEnd(Program running) {
    try {
      if (running.endsWithin(SETTLING)) return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    running.kill();
  }

  /** Has a program running, or says when there may be one. */
  private void start() throws RetryException {
    Program last = program;
    if (last != null && last.alive()) return;
    if (closed) throw new RetryException("closed");
    if (last != null) ended(last);
    long waitNanos = pauseUntilNanos - System.nanoTime();
    if (waitNanos > 0) {
      Duration wait = Duration.ofNanos(waitNanos);
      throw new RetryException("the program is started again later", wait, false, null);
    }
    try {
      program = Program.start(options.command(), options.acknowledged());
    } catch (IOException e) {
      throw new RetryException("/bin/sh: " + e.getMessage(), Duration.ZERO, false, e);
    }
    if (closed) program.kill();
  }

  private void ended(Program last) {
    program = null;
    boolean longRun = last.age().compareTo(LONG_RUN) >= 0;
    pauseSeconds = longRun ? 0 : Math.min(MAX_PAUSE_SECONDS, Math.max(1, 2 * pauseSeconds));
    pauseUntilNanos = System.nanoTime() + Duration.ofSeconds(pauseSeconds).toNanos();
    LOG.log(
        Level.WARNING,
        "the program {0}; it is started again{1}",
        last.ending(),
        pauseSeconds == 0 ? "" : " in " + pauseSeconds + " s");
  }

  /** Ends the program's input, and waits for its end. */
  @Override
  public void close() {
    closed = true;
    Program running = program;
    if (running != null) running.end(options.stopTimeout());
  }
}
