package io.zibrato.store.data;

import io.zibrato.store.http.ApiError;
import io.zibrato.store.http.RefusedQuery;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;

/**
 * The one file all is kept in, {@code store.db}, open in WAL mode: one connection writes, a few
 * read at the same time, each in a snapshot of its own. {@code store.lock} beside it keeps a second
 * store off.
 */
public final class Database implements AutoCloseable {
  private static final int READERS = 4;
  private static final int BUSY_TIMEOUT_MILLIS = 5000;
  private static final long MAX_WAIT_MILLIS = 10_000;

  private final FileChannel lock;
  private final Connection writer;
  private final List<Connection> readers = new ArrayList<>();
  private final BlockingQueue<Connection> idleReaders = new LinkedBlockingQueue<>();

  /** Reads through one connection; what it returns may not hold on to the connection. */
  public interface Query<T> {
    T run(Connection connection) throws SQLException;
  }

  private Database(FileChannel lock, Path file) throws SQLException {
    this.lock = lock;
    this.writer = config().createConnection("jdbc:sqlite:" + file);
    Migrations.run(writer);
    for (int i = 0; i < READERS; i++) {
      final SQLiteConfig readOnly = config();
      readOnly.setReadOnly(true);
      readers.add(readOnly.createConnection("jdbc:sqlite:" + file));
    }
    idleReaders.addAll(readers);
  }

  /**
   * Opens the database in {@code directory}, creating both when missing.
   *
   * @throws IOException with a message for the user: no such directory to be made, another store, a
   *     file of another program
   */
  public static Database open(Path directory) throws IOException {
    final FileChannel lock = lock(directory);
    final Path file = directory.resolve("store.db");
    try {
      return new Database(lock, file);
    } catch (SQLException e) {
      lock.close();
      throw new IOException("cannot open " + file + ": " + e.getMessage(), e);
    }
  }

  private static FileChannel lock(Path directory) throws IOException {
    final FileChannel channel;
    try {
      Files.createDirectories(directory);
      channel =
          FileChannel.open(
              directory.resolve("store.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new IOException("cannot write to --data " + directory + ": " + e, e);
    }
    try {
      final FileLock held = channel.tryLock();
      if (held != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      // Held by another store of this process: answered like one of another process.
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    channel.close();
    throw new IOException("--data " + directory + " is in use by another store");
  }

  private static SQLiteConfig config() {
    final SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    // The driver begins the next transaction at once: an immediate one would hold the lock when
    // idle.
    config.setTransactionMode(SQLiteConfig.TransactionMode.DEFERRED);
    config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
    return config;
  }

  /** For {@link Writer}'s thread alone. */
  public Connection writer() {
    return writer;
  }

  /**
   * Runs the query in one snapshot; waits while all the reading connections are taken.
   *
   * @throws RefusedQuery with 503, if they are taken for long
   */
  public <T> T read(Query<T> query) throws SQLException, InterruptedException {
    final Connection reader = idleReaders.poll(MAX_WAIT_MILLIS, TimeUnit.MILLISECONDS);
    if (reader == null) {
      throw new RefusedQuery(
          ApiError.system(
              503, "More is asked than the store reads; try again", Map.of("Retry-After", "5")));
    }
    try {
      reader.setAutoCommit(false);
      try {
        return query.run(reader);
      } finally {
        reader.rollback();
        reader.setAutoCommit(true);
      }
    } finally {
      idleReaders.add(reader);
    }
  }

  /**
   * Waits for nobody: a query under way fails, and so does a change whose commit has not begun; of
   * it nothing is stored. No new ones may begin.
   */
  @Override
  public void close() throws IOException {
    try {
      for (final Connection reader : readers) {
        close(reader);
      }
      close(writer);
    } catch (SQLException e) {
      throw new IOException(e);
    } finally {
      lock.close();
    }
  }

  private static void close(Connection connection) throws SQLException {
    if (connection.isClosed()) {
      return;
    }
    // Closing waits for the statement that runs, and one DELETE of a large metric takes long.
    connection.unwrap(SQLiteConnection.class).getDatabase().interrupt();
    connection.close();
  }
}
