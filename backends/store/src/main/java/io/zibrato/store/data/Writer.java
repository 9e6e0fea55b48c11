package io.zibrato.store.data;

import io.zibrato.store.http.ApiError;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Makes every change to the database, on one thread, and answers only what is on the disk.
 *
 * <p>{@link #apply} blocks its caller until the change is committed. Changes that wait at the same
 * time share one transaction, and so one wait for the disk; each has a savepoint of its own, so
 * that one which is refused leaves the others alone.
 */
public final class Writer implements AutoCloseable {
  private static final int MAX_CHANGES_PER_COMMIT = 64;
  private static final long CLOSE_TIMEOUT_MILLIS = 3000;

  private final Connection connection;
  private final List<Runnable> forgetters = new CopyOnWriteArrayList<>();
  private final LinkedBlockingQueue<Pending<?>> queue = new LinkedBlockingQueue<>();
  private final Thread thread = new Thread(this::run, "store-writer");
  private volatile boolean closed;

  /**
   * One change; all of it is made, or, when it throws, none of it. The connection is in a
   * transaction, which the change neither ends nor leaves open statements in.
   */
  public interface Change<T> {
    T make(Connection connection) throws SQLException, ApiError;
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

  /**
   * Makes the change and returns once it is on the disk.
   *
   * @throws ApiError what the change was refused with; nothing of it was stored
   * @throws SQLException the database failed; nothing of it was stored
   */
  public <T> T apply(Change<T> change) throws ApiError, SQLException, InterruptedException {
    final Pending<T> pending = new Pending<>(change);
    queue.add(pending);
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
        group.add(queue.take());
        queue.drainTo(group, MAX_CHANGES_PER_COMMIT - 1);
        commit(group);
        group.clear();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    queue.drainTo(group);
    group.forEach(p -> p.answer.completeExceptionally(closing()));
  }

  private void commit(List<Pending<?>> group) {
    final List<Pending<?>> made = new ArrayList<>(group.size());
    try {
      execute("BEGIN");
      for (final Pending<?> pending : group) {
        make(pending, made);
      }
      execute("COMMIT");
    } catch (SQLException | RuntimeException e) {
      abandon();
      group.forEach(p -> p.answer.completeExceptionally(e));
      return;
    }
    made.forEach(Pending::committed);
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
    forgetters.forEach(Runnable::run);
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
