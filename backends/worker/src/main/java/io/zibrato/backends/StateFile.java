package io.zibrato.backends;

import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * The file in which a worker keeps what it must not forget, {@code worker.db}: what is booked, what
 * the service has not taken, what it refused, and how much was delivered and lost. {@code
 * worker.lock} beside it keeps a second worker off. One connection, for one thread at a time.
 */
final class StateFile implements Closeable {
  /*
   * WAL and synchronous=FULL: a transaction that was committed is there after a kill, and after a power cut. A file that SQLite cannot read is put aside, and a new one begun:
   * the applications' values are cumulative, so a worker that forgot all of it is still better than none.
   */
  private static final Logger LOG = System.getLogger(StateFile.class.getName());
  private static final int MOST_VERSIONS = 100;
  private static final int BUSY_TIMEOUT_MILLIS = 5000;

  private static final List<String> TABLES_OF_WORKER =
      List.of(
          "CREATE TABLE about (key TEXT PRIMARY KEY, value INTEGER NOT NULL)",
          "CREATE TABLE instance (id BLOB PRIMARY KEY, facts BLOB NOT NULL)",
          "CREATE TABLE account (instance BLOB, level TEXT, facts BLOB NOT NULL,"
              + " PRIMARY KEY (instance, level))",
          "CREATE TABLE forgotten (number INTEGER PRIMARY KEY, id BLOB NOT NULL)",
          "CREATE TABLE spool (place INTEGER PRIMARY KEY, endMillis INTEGER NOT NULL,"
              + " measurements INTEGER NOT NULL, inDoubt INTEGER NOT NULL, data BLOB NOT NULL)",
          "CREATE TABLE refused (number INTEGER PRIMARY KEY, refusedMillis INTEGER NOT NULL,"
              + " reason TEXT NOT NULL, data BLOB NOT NULL)",
          "CREATE TABLE tally (name TEXT PRIMARY KEY, n INTEGER NOT NULL)",
          "CREATE TABLE memory (key BLOB PRIMARY KEY, value BLOB NOT NULL)");

  /** What is booked and not delivered; a file of version 1 has no table of what backends keep. */
  private static final Layout WORKER = new Layout("worker", 2, TABLES_OF_WORKER, 7);

  private final Path file;
  private final FileChannel lock;
  private final Connection connection;
  private final boolean damaged;

  /**
   * What a file is called and holds.
   *
   * @param name without its ending
   * @param tablesOf1 how many of the tables, its first, a file of version 1 has
   */
  record Layout(String name, int version, List<String> tables, int tablesOf1) {
    String first() {
      return tables.get(0).split(" ")[2];
    }
  }

  /** Reads or writes in one transaction. */
  interface Work<T> {
    T run(Connection connection) throws SQLException;
  }

  private StateFile(Path file, FileChannel lock, Connection connection, boolean damaged) {
    this.file = file;
    this.lock = lock;
    this.connection = connection;
    this.damaged = damaged;
  }

  /**
   * Opens the state in {@code directory}, creating both when missing.
   *
   * @throws IOException with a message for the user: no such directory to be made, another worker,
   *     a file of a newer version
   */
  static StateFile open(Path directory) throws IOException {
    return open(directory, WORKER);
  }

  /** Opens another file there, as {@link #open(Path)} does. */
  static StateFile open(Path directory, Layout layout) throws IOException {
    FileChannel lock = lock(directory, layout.name() + ".lock");
    Path file = directory.resolve(layout.name() + ".db");
    try {
      try {
        return new StateFile(file, lock, connect(file, layout), false);
      } catch (SQLiteException e) {
        if (!isDamage(e, file)) throw e;
        putAside(file, e);
        return new StateFile(file, lock, connect(file, layout), true);
      }
    } catch (SQLException | IOException e) {
      lock.close();
      throw new IOException("cannot open " + file + ": " + e.getMessage(), e);
    }
  }

  /** To look at a state that a worker may be using. */
  static Connection openToRead(Path directory) throws IOException {
    Path file = directory.resolve("worker.db");
    if (!Files.exists(file)) throw new IOException("no worker keeps its state in " + directory);
    SQLiteConfig config = config();
    config.setReadOnly(true);
    try {
      return config.createConnection("jdbc:sqlite:" + file);
    } catch (SQLException e) {
      throw new IOException("cannot open " + file + ": " + e.getMessage(), e);
    }
  }

  private static FileChannel lock(Path directory, String name) throws IOException {
    FileChannel channel;
    try {
      Files.createDirectories(directory);
      channel =
          FileChannel.open(
              directory.resolve(name), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new IOException("cannot write to --state " + directory + ": " + e, e);
    }
    try {
      FileLock held = channel.tryLock();
      if (held != null) return channel;
    } catch (OverlappingFileLockException e) {
      // By another worker of this process: answered like one of another process.
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    channel.close();
    throw new IOException(
        "--state " + directory + " is in use by another worker; each needs its own");
  }

  private static Connection connect(Path file, Layout layout) throws SQLException, IOException {
    Connection connection = config().createConnection("jdbc:sqlite:" + file);
    try (Statement statement = connection.createStatement()) {
      String check = text(statement, "PRAGMA quick_check(1)");
      if (!check.equals("ok")) throw damage(check);
      int version = Integer.parseInt(text(statement, "PRAGMA user_version"));
      if (version < 0 || version > MOST_VERSIONS) throw damage("version " + version);
      if (version > layout.version())
        throw new IOException("it was written by a newer version of Zibrato");
      List<String> tables = layout.tables();
      int of1 = layout.tablesOf1();
      if (version == 0) create(connection, tables, layout.version());
      if (version == 1 && schema(statement).equals(tables.subList(0, of1))) {
        create(connection, tables.subList(of1, tables.size()), layout.version());
      }
      if (!schema(statement).equals(tables)) throw damage("its tables are others than ours");
      execute(connection, "DELETE FROM " + layout.first() + " WHERE 0"); // can it be written to?
      return connection;
    } catch (SQLException | IOException e) {
      connection.close();
      throw e;
    }
  }

  private static SQLiteException damage(String what) {
    return new SQLiteException(what, SQLiteErrorCode.SQLITE_CORRUPT);
  }

  /** Not where the disk is full or failing, or the file somebody else's. */
  private static boolean isDamage(SQLiteException e, Path file) {
    return switch (e.getResultCode()) {
      case SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_ERROR -> true;
      case SQLITE_READONLY -> Files.isWritable(file); // so says a byte of its header
      default -> false;
    };
  }

  private static List<String> schema(Statement statement) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (ResultSet row =
        statement.executeQuery(
            "SELECT sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite@_%' ESCAPE '@'"
                + " ORDER BY rowid")) {
      while (row.next()) tables.add(row.getString(1));
    }
    return tables;
  }

  private static String text(Statement statement, String query) throws SQLException {
    try (ResultSet result = statement.executeQuery(query)) {
      return result.next() ? result.getString(1) : "";
    }
  }

  private static void create(Connection connection, List<String> tables, int version)
      throws SQLException {
    transaction(
        connection,
        each -> {
          for (String table : tables) execute(each, table);
          execute(each, "PRAGMA user_version = " + version);
          return null;
        });
  }

  private static SQLiteConfig config() {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setTransactionMode(SQLiteConfig.TransactionMode.DEFERRED);
    config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
    return config;
  }

  private static void putAside(Path file, SQLException reason) throws IOException {
    String suffix = ".damaged-" + System.currentTimeMillis();
    Path aside = file.resolveSibling(file.getFileName() + suffix);
    LOG.log(
        Level.ERROR,
        "{0} cannot be read ({1}); it is put aside as {2}, and a new one begun",
        file,
        reason.getMessage(),
        aside.getFileName());
    for (String part : new String[] {"", "-wal", "-shm"}) {
      Path from = file.resolveSibling(file.getFileName() + part);
      if (!Files.exists(from)) continue;
      Files.move(
          from,
          file.resolveSibling(file.getFileName() + suffix + part),
          StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Whether there was a file that could not be read, and what was in it is lost. */
  boolean damaged() {
    return damaged;
  }

  Path file() {
    return file;
  }

  /** Runs it whole, or, when it throws, not at all. */
  synchronized <T> T transaction(Work<T> work) throws SQLException {
    return transaction(connection, work);
  }

  /*
   * The transaction is begun and ended here, and not by the driver: SQLite ends one by itself when the disk is full, and the driver, whose rollback fails then, would never begin another.
   */
  private static <T> T transaction(Connection connection, Work<T> work) throws SQLException {
    execute(connection, "BEGIN");
    try {
      T result = work.run(connection);
      commit(connection);
      return result;
    } catch (SQLException | RuntimeException | Error e) {
      try {
        execute(connection, "ROLLBACK");
      } catch (SQLException again) {
        e.addSuppressed(again);
      }
      throw e;
    }
  }

  private static void commit(Connection connection) throws SQLException {
    execute(connection, "COMMIT");
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public synchronized void close() throws IOException {
    try (lock) {
      connection.close();
    } catch (SQLException e) {
      throw new IOException("closing " + file + ": " + e.getMessage(), e);
    }
  }
}
