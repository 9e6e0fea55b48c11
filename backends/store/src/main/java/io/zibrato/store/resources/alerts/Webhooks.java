package io.zibrato.store.resources.alerts;

import io.zibrato.store.data.Database;
import io.zibrato.store.data.Writer;
import io.zibrato.store.http.ApiError;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Delivers pending notices: one thread looks for them, a few others post. A notice waits for those
 * of its alert to its service that were made before it, and for nobody else's, unless {@value
 * #POSTERS} services hang at the same time.
 *
 * <p>An answer of 2xx delivers a notice. Of others, and where there is none, those that may get
 * better (5xx, 408, 429, no connection, no answer in time) are tried again up to {@value
 * #MAX_ATTEMPTS} times in some ten minutes. What became of each is stored. A notice whose answer
 * was lost with the process is posted again, with the same {@code Idempotency-Key}.
 */
final class Webhooks implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Webhooks.class.getName());
  private static final int POSTERS = 4;
  private static final int MAX_ATTEMPTS = 8;
  private static final int MAX_PENDING = 500;
  private static final long FIRST_PAUSE_MILLIS = 10_000;
  private static final long LONGEST_PAUSE_MILLIS = 300_000;
  private static final long LONGEST_WAIT_MILLIS = 60_000;
  private static final long CLOSE_TIMEOUT_MILLIS = 1000;
  private static final int MAX_OUTCOME = 255;

  private final Database database;
  private final Writer writer;
  private final Clock clock;
  private final Hook hook;
  private final Thread thread = new Thread(this::run, "store-webhooks");
  private final ExecutorService posters;
  private final Set<Long> posting = ConcurrentHashMap.newKeySet();
  private final Object changes = new Object();
  private boolean changed;
  private volatile boolean closed;

  Webhooks(Database database, Writer writer, Clock clock, long timeoutMillis) {
    this.database = database;
    this.writer = writer;
    this.clock = clock;
    hook = new Hook(timeoutMillis);
    thread.setDaemon(true);
    final AtomicInteger number = new AtomicInteger();
    posters =
        Executors.newFixedThreadPool(
            POSTERS,
            work -> {
              final Thread poster = new Thread(work, "store-webhook-" + number.incrementAndGet());
              poster.setDaemon(true);
              return poster;
            });
  }

  void start() {
    thread.start();
  }

  /** There may be something to deliver. Never blocks. */
  void wake() {
    synchronized (changes) {
      changed = true;
      changes.notifyAll();
    }
  }

  private void run() {
    try {
      while (!closed) {
        await(look());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void await(long millis) throws InterruptedException {
    synchronized (changes) {
      final long deadlineNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
      long left = millis;
      while (!changed && left > 0) {
        changes.wait(left);
        left = TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime());
      }
      changed = false;
    }
  }

  /** Has posted what is due; returns how long nothing else will be. */
  private long look() throws InterruptedException {
    // Of these the rows may be read as they were before they were posted. Only this thread adds to
    // the set, and whoever leaves it wakes this thread to look again.
    final Set<Long> underWay = Set.copyOf(posting);
    final List<Notices.Pending> pending;
    try {
      pending = database.read(connection -> Notices.pending(connection, MAX_PENDING));
    } catch (SQLException | RuntimeException e) {
      if (!closed) {
        LOG.log(System.Logger.Level.WARNING, "notices could not be read", e);
      }
      return LONGEST_WAIT_MILLIS;
    }
    long wait = LONGEST_WAIT_MILLIS;
    for (final Notices.Pending notice : pending) {
      if (underWay.contains(notice.id())) {
        continue;
      }
      final long in = notice.nextAtMillis() - clock.millis();
      if (in > 0) {
        wait = Math.min(wait, in);
      } else if (posting.add(notice.id())) {
        try {
          posters.execute(() -> post(notice));
        } catch (RejectedExecutionException e) {
          return LONGEST_WAIT_MILLIS; // closing
        }
      }
    }
    return wait;
  }

  private void post(Notices.Pending notice) {
    try {
      final Outcome outcome = outcome(notice);
      if (!closed) {
        store(notice, outcome);
      }
    } catch (SQLException | ApiError | RuntimeException e) {
      if (!closed) {
        LOG.log(System.Logger.Level.WARNING, "what became of a notice could not be stored", e);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      posting.remove(notice.id());
      wake();
    }
  }

  /** What one post came to. */
  private record Outcome(boolean delivered, boolean again, String text) {}

  private Outcome outcome(Notices.Pending notice) {
    try {
      final String payload = notice.payload().toString();
      final String key = notice.payload().get("incident_key").getAsString() + "-" + notice.id();
      final int status = hook.post(notice.url(), payload, key);
      final boolean again = status >= 500 || status == 408 || status == 429;
      return new Outcome(status / 100 == 2, again, "HTTP " + status);
    } catch (InterruptedIOException e) {
      return new Outcome(false, true, "no answer in time");
    } catch (IOException e) {
      return new Outcome(false, true, cut(e.toString()));
    } catch (RuntimeException e) {
      return new Outcome(false, false, cut(e.toString()));
    }
  }

  private static String cut(String text) {
    return text.length() > MAX_OUTCOME ? text.substring(0, MAX_OUTCOME) : text;
  }

  private void store(Notices.Pending notice, Outcome outcome)
      throws SQLException, ApiError, InterruptedException {
    final boolean again = outcome.again() && notice.attempts() + 1 < MAX_ATTEMPTS;
    final String status =
        outcome.delivered() ? Notices.DELIVERED : again ? Notices.PENDING : Notices.FAILED;
    final long pause = Math.min(FIRST_PAUSE_MILLIS << notice.attempts(), LONGEST_PAUSE_MILLIS);
    writer.apply(
        connection -> {
          Notices.tried(connection, notice, status, outcome.text(), clock.millis(), pause);
          return null;
        });
    if (status.equals(Notices.FAILED)) {
      LOG.log(
          System.Logger.Level.WARNING,
          "a webhook was not told of an alert, after "
              + (notice.attempts() + 1)
              + " tries: "
              + outcome.text());
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    posters.shutdownNow();
    hook.close();
    try {
      thread.join(CLOSE_TIMEOUT_MILLIS);
      posters.awaitTermination(CLOSE_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
