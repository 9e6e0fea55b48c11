package io.zibrato.statvent;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The named pipe of this process, and its successors.
 *
 * <p>All who have one pipe open share what is written to it. So a pipe serves one reader: as soon
 * as that one has come, {@link #replace} puts another pipe in its place, by an atomic rename, and
 * the next reader opens that. Successors lie beside it under hidden names, because the JDK cannot
 * make a pipe itself, and the command that can takes some milliseconds. Any thread.
 */
final class Fifo {
  private static final int SPARES = 2;
  private static final int TYPE_MASK = 0170000;
  private static final int TYPE_FIFO = 0010000;

  private final Path dir;
  private final String name;
  private final Path path;
  private final File file;
  private final Deque<Path> spares = new ArrayDeque<>(); // guarded by this
  private long made; // guarded by this
  private boolean closed; // guarded by this

  Fifo(Path dir, long pid) {
    this.dir = dir;
    this.name = pid + ".stats";
    this.path = dir.resolve(name);
    this.file = path.toFile();
  }

  Path path() {
    return path;
  }

  /**
   * Makes the folder and the pipe, in place of whatever a process of the same id has left.
   *
   * @throws IOException whose message is for the user
   */
  void open() throws IOException {
    try {
      Files.createDirectories(dir);
    } catch (IOException e) {
      throw new IOException("cannot make the folder " + dir + ": " + e, e);
    }
    try (DirectoryStream<Path> left = Files.newDirectoryStream(dir, '.' + name + ".*")) {
      for (Path each : left) Files.deleteIfExists(each);
    }
    replace(spare());
  }

  /** Whether the pipe is there, and is one. */
  boolean isThere() {
    try {
      int mode = (Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
      return (mode & TYPE_MASK) == TYPE_FIFO;
    } catch (IOException e) {
      return false;
    }
  }

  /** A pipe to come next, still hidden. */
  File spare() throws IOException {
    Path spare;
    synchronized (this) {
      spare = spares.poll();
    }
    return (spare != null ? spare : make(1).get(0)).toFile();
  }

  /**
   * Puts another pipe in the place of the last one; does nothing once closed. By File, which has
   * the shortest way to rename(2): whoever comes meanwhile shares the last one.
   */
  synchronized void replace(File spare) throws IOException {
    if (closed) Files.deleteIfExists(spare.toPath());
    else if (!spare.renameTo(file)) throw new IOException("cannot rename " + spare);
  }

  /** Makes successors, if there are few. */
  void stockUp() throws IOException {
    synchronized (this) {
      if (closed || spares.size() >= SPARES) return;
    }
    List<Path> more = make(SPARES);
    synchronized (this) {
      if (!closed) spares.addAll(more);
      else for (Path each : more) Files.deleteIfExists(each);
    }
  }

  /** Removes the pipe and its successors. */
  synchronized void close() throws IOException {
    if (closed) return;
    closed = true;
    Files.deleteIfExists(path);
    for (Path each : spares) Files.deleteIfExists(each);
  }

  private List<Path> make(int count) throws IOException {
    List<Path> paths = new ArrayList<>();
    List<String> command = new ArrayList<>(List.of("mkfifo"));
    synchronized (this) {
      for (int i = 0; i < count; i++) paths.add(dir.resolve('.' + name + '.' + made++));
    }
    for (Path each : paths) command.add(each.toAbsolutePath().toString());
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new IOException(
          "the command mkfifo, which Linux and macOS have, cannot be run on "
              + System.getProperty("os.name")
              + ": "
              + e.getMessage(),
          e);
    }
    process.getOutputStream().close();
    String said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    try {
      if (process.waitFor() != 0) throw new IOException(said);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while mkfifo ran", e);
    }
    return paths;
  }
}
