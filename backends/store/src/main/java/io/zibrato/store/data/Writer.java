package io.zibrato.store.data;

import io.zibrato.store.http.ApiError;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Makes every change to the database, on one thread, and answers only what is on the disk.
 *
 * <p>{@link #apply} blocks its caller until the change is committed. Changes that wait at the same
 * time share one transaction, and so one wait for the disk; each has a savepoint of its own, so
 * that one which is refused leaves the others alone.
 */
public final class Writer implements AutoCloseable {
  private static final int MAX_CHANGES_PER_COMMIT = 64;

  /** Fewer than the server's threads, so that some are left to answer queries. */
  static final int MAX_WAITING = 48;

  private static final long CLOSE_TIMEOUT_MILLIS = 3000;
  private static final long CHORE_PAUSE_MILLIS = 1000;
  private static final long FAILED_PAUSE_MILLIS = 10_000;

  private final Connection connection;
  private final List<Runnable> forgetters = new CopyOnWriteArrayList<>();
  private final BlockingQueue<Pending<?>> queue = new ArrayBlockingQueue<>(MAX_WAITING);
  private final Thread thread = new Thread(this::run, "store-writer");
  private final List<Chore> chores = new CopyOnWriteArrayList<>();
  private volatile boolean closed;
  private long choresAtNanos = System.nanoTime();

  /**
   * One change; all of it is made, or, when it throws, none of it. The connection is in a
   * transaction, which the change neither ends nor leaves open statements in.
   */
  public interface Change<T> {
    T make(Connection connection) throws SQLException, ApiError;
  }

  /**
   * What is to be done beside the changes that are asked for: a bounded piece at a time, each in a
   * transaction of its own, on the writer's thread.
   */
  public interface Chore {
    /** Whether there is something to do. Asked after every change, and about once a second. */
    boolean due() throws SQLException;

    /** Whether changes had better wait until more of it is done. */
    boolean pressing() throws SQLException;

    void run(Connection connection) throws SQLException;
  }

  private static final class Pending<T> {
    final Change<T> change;
    final CompletableFuture<T> answer = new CompletableFuture<>();
    T result;

    Pending(Change<T> change) {
      this.change = change;
    }

    void make(Connection connection) throws SQLException, ApiError {
      result = change.make(connection);
    }

    void committed() {
      answer.complete(result);
    }
  }

  private Writer(Connection connection) {
    this.connection = connection;
    thread.setDaemon(true);
  }

  public static Writer start(Connection connection) {
    final Writer writer = new Writer(connection);
    writer.thread.start();
    return writer;
  }

  /**
   * Has {@code forget} called on the writer's thread whenever changes were taken back: what was
   * remembered of them is wrong.
   */
  public void onRollback(Runnable forget) {
    forgetters.add(forget);
  }

  /** Has it done from now on. */
  public void addChore(Chore chore) {
    chores.add(chore);
  }

  /**
   * Makes the change and returns once it is on the disk.
   *
   * @throws ApiError what the change was refused with, or 429 if too many wait; nothing of it was
   *     stored
   * @throws SQLException the database failed; nothing of it was stored
   */
  public <T> T apply(Change<T> change) throws ApiError, SQLException, InterruptedException {
    final Pending<T> pending = new Pending<>(change);
    if (!queue.offer(pending)) {
      throw ApiError.request(
          429, "More is sent than the disk takes; try again", Map.of("Retry-After", "1"));
    }
    if (closed && queue.remove(pending)) {
      throw ApiError.system(503, "The store is closing");
    }
    try {
      return pending.answer.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ApiError refused) {
        throw refused;
      }
      throw new SQLException(e.getCause());
    }
  }

  private void run() {
    final List<Pending<?>> group = new ArrayList<>();
    try {
      while (true) {
        final Pending<?> first = queue.poll(CHORE_PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        if (first != null) {
          group.add(first);
          take(group);
        }
        tidy();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    queue.drainTo(group);
    group.forEach(p -> p.answer.completeExceptionally(closing()));
  }

  /** The thread outlives whatever is thrown: nobody else would answer the changes to come. */
  private void take(List<Pending<?>> group) {
    try {
      queue.drainTo(group, MAX_CHANGES_PER_COMMIT - 1);
      commit(group);
    } catch (RuntimeException | Error e) {
      group.forEach(p -> p.answer.completeExceptionally(e));
      failed("a change failed", e);
    } finally {
      group.clear();
    }
  }

  private void tidy() {
    try {
      doChores();
    } catch (RuntimeException | Error e) {
      choresAtNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(FAILED_PAUSE_MILLIS);
      failed("tidying the database failed; it is tried again", e);
    }
  }

  private void failed(String what, Throwable e) {
    if (!closed) {
      System.getLogger(Writer.class.getName()).log(System.Logger.Level.WARNING, what, e);
    }
  }

  private void commit(List<Pending<?>> group) {
    final List<Pending<?>> made = new ArrayList<>(group.size());
    try {
      execute("BEGIN");
      for (final Pending<?> pending : group) {
        make(pending, made);
      }
      execute("COMMIT");
    } catch (SQLException | RuntimeException | Error e) {
      try {
        abandon();
      } finally {
        group.forEach(p -> p.answer.completeExceptionally(e));
      }
      return;
    }
    made.forEach(Pending::committed);
  }

  private void doChores() {
    for (final Chore chore : chores) {
      try {
        boolean more = System.nanoTime() - choresAtNanos >= 0 && chore.due();
        while (more && !closed) {
          execute("BEGIN");
          chore.run(connection);
          execute("COMMIT");
          more = chore.pressing() || queue.isEmpty() && chore.due();
        }
      } catch (SQLException | RuntimeException | Error e) {
        abandon();
        choresAtNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(FAILED_PAUSE_MILLIS);
        failed("tidying the database failed; it is tried again", e);
      }
    }
  }

  private void make(Pending<?> pending, List<Pending<?>> made) throws SQLException {
    execute("SAVEPOINT before");
    try {
      pending.make(connection);
      made.add(pending);
    } catch (ApiError e) {
      execute("ROLLBACK TO before");
      forgetters.forEach(Runnable::run);
      pending.answer.completeExceptionally(e);
    }
    execute("RELEASE before");
  }

  private void abandon() {
    try {
      forgetters.forEach(Runnable::run);
    } finally {
      rollBack();
    }
  }

  private void rollBack() {
    try {
      execute("ROLLBACK");
    } catch (SQLException e) {
      // SQLite has ended the transaction by itself, as it does when the disk is full.
      System.getLogger(Writer.class.getName())
          .log(System.Logger.Level.DEBUG, "rollback failed: " + e);
    }
  }

  /** Not by the driver's own commit and rollback: once its rollback failed, it begins no other. */
  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static ApiError closing() {
    return ApiError.system(503, "The store is closing");
  }

  /** Lets the transaction under way end; what still waits is answered 503. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join(CLOSE_TIMEOUT_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
