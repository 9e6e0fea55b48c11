package io.zibrato.backends;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Connects to the service and hands it what the spool holds, oldest first, on a thread of its own.
 */
final class Deliverer {
  private static final Logger LOG = System.getLogger(Deliverer.class.getName());
  private static final long WAIT_MILLIS = 60_000;
  private static final Duration DISK_PAUSE = Duration.ofSeconds(1);
  private static final long CLOSE_GRACE_MILLIS = 1_000;

  private final Backend backend;
  private final Spool spool;
  private final WorkerCounts counts;
  private final Backoff backoff;
  private final Consumer<String> fatal;
  private final Thread thread = new Thread(this::run, "zibrato-deliverer");
  private volatile boolean connected;
  private volatile boolean finishing;
  private volatile long deadlineNanos;
  private volatile boolean troubled; // what was said last was that it does not work
  private volatile Problem lastProblem; // null if there was none

  /** Why the service did not take something, and when. */
  record Problem(long epochMillis, String reason) {}

  /**
   * @param fatal told when the service will never take anything, why
   */
  Deliverer(
      Backend backend, Spool spool, WorkerCounts counts, Backoff backoff, Consumer<String> fatal) {
    this.backend = backend;
    this.spool = spool;
    this.counts = counts;
    this.backoff = backoff;
    this.fatal = fatal;
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** Whether the service was there and took our credentials. */
  boolean connected() {
    return connected;
  }

  /** Whether the last try failed. */
  boolean troubled() {
    return troubled;
  }

  /** What was wrong last, even if it works again; null if nothing was. */
  Problem lastProblem() {
    return lastProblem;
  }

  /** Delivers what the spool holds, for at most so long, and closes the backend. */
  void finish(Duration bound) throws InterruptedException {
    deadlineNanos = System.nanoTime() + bound.toNanos();
    finishing = true;
    spool.wake();
    thread.join(bound.toMillis() + CLOSE_GRACE_MILLIS);
    if (thread.isAlive()) {
      closeBackend();
      thread.join(CLOSE_GRACE_MILLIS);
    }
    spool.end("the worker had to end");
  }

  private void run() {
    try {
      while (!connected && !over()) connect();
      while (!over()) deliver();
    } catch (FatalException e) {
      fatal.accept(e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Throwable e) { // an Error must end the process, not only this thread
      LOG.log(Level.ERROR, "the delivering thread failed", e);
      fatal.accept("the delivering thread failed: " + e);
    } finally {
      closeBackend();
    }
  }

  private boolean over() {
    return finishing
        && (spool.held().measurements() == 0 || System.nanoTime() - deadlineNanos >= 0);
  }

  private void connect() throws InterruptedException, FatalException {
    try {
      backend.connect();
      connected = true;
      worksAgain();
    } catch (IOException | RuntimeException e) {
      later("connect", e, Duration.ZERO);
    }
  }

  private void deliver() throws InterruptedException {
    Snapshot part = spool.oldest(finishing ? 0 : WAIT_MILLIS);
    if (part == null) return;
    try {
      backend.flush(part);
      spool.accepted();
      worksAgain();
    } catch (TakenInPartException e) {
      lastProblem = new Problem(System.currentTimeMillis(), e.getMessage());
      spool.accepted(e.lost(part.size()), e.getMessage());
      worksAgain();
    } catch (RefusedException e) {
      refused(part, e.getMessage());
    } catch (RetryException e) {
      if (!e.ambiguous()) spool.notTaken();
      retry(e, e.retryAfter());
    } catch (DeliveryException e) { // fatal only before the service took us
      spool.notTaken();
      retry(e, Duration.ZERO);
    } catch (IOException e) {
      retry(e, Duration.ZERO);
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "the backend failed on a part of " + part.size(), e);
      refused(part, e.toString());
    }
  }

  /** Nothing is tried twice as it was: a part of one is set aside, a larger one halved. */
  private void refused(Snapshot part, String reason) throws InterruptedException {
    lastProblem = new Problem(System.currentTimeMillis(), reason);
    boolean kept = part.size() > 1 ? spool.split() : spool.refuse(reason);
    // It will be refused again, so not at once.
    if (!kept) spool.pause(backoff.nextMillis(DISK_PAUSE));
  }

  private void retry(Exception e, Duration retryAfter) throws InterruptedException {
    counts.retries.incrementAndGet();
    later("deliver", e, retryAfter);
  }

  private void later(String what, Exception e, Duration retryAfter) throws InterruptedException {
    Level level = troubled ? Level.DEBUG : Level.WARNING;
    String reason = e.getMessage() == null ? e.toString() : e.getMessage();
    LOG.log(level, "cannot {0}, will try again: {1}", what, reason);
    lastProblem = new Problem(System.currentTimeMillis(), reason);
    troubled = true;
    long millis = backoff.nextMillis(retryAfter);
    spool.pause(finishing ? Math.min(millis, leftMillis()) : millis);
  }

  private long leftMillis() {
    return Math.max(1, (deadlineNanos - System.nanoTime()) / 1_000_000);
  }

  private void worksAgain() {
    backoff.reset();
    if (troubled) LOG.log(Level.INFO, "the service takes measurements again");
    troubled = false;
  }

  private void closeBackend() {
    try {
      backend.close();
    } catch (IOException | RuntimeException e) {
      LOG.log(Level.WARNING, "closing the backend", e);
    }
  }
}
