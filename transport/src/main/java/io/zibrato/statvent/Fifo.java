package io.zibrato.statvent;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The named pipe of this process, and its successors.
 *
 * <p>All who have one pipe open share what is written to it. So a pipe serves one reader: as soon
 * as that one has come, {@link #replace} puts another pipe in its place, by an atomic rename, and
 * the next reader opens that. Successors lie beside it under hidden names, because the JDK cannot
 * make a pipe itself, and the command that can takes some milliseconds. Each has a second name,
 * hidden too, by which it is found when somebody removes its first. Any thread.
 */
final class Fifo {
  private static final int SPARES = 2;
  private static final int TYPE_MASK = 0170000;
  private static final int TYPE_FIFO = 0010000;

  private final Path dir;
  private final String name;
  private final Path path;
  private final File file;
  private final Deque<Spare> spares = new ArrayDeque<>(); // guarded by this
  private Spare current; // guarded by this; its first name is the pipe's now
  private long made = ThreadLocalRandom.current().nextLong(1L << 40); // guarded by this
  private boolean closed; // guarded by this

  /**
   * A pipe in waiting.
   *
   * @param second its other name
   * @param identity tells it from others of its name
   */
  record Spare(Path path, Path second, Object identity) {
    void remove() throws IOException {
      if (identity.equals(Fifo.identity(path))) Files.deleteIfExists(path);
      if (identity.equals(Fifo.identity(second))) Files.deleteIfExists(second);
    }
  }

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
  Spare spare() throws IOException {
    synchronized (this) {
      for (Spare spare = spares.poll(); spare != null; spare = spares.poll()) {
        if (spare.identity.equals(identity(spare.path))) return spare;
        spare.remove();
      }
    }
    return make(1).get(0);
  }

  /** What tells one file from another, or null if there is none. */
  private static Object identity(Path file) {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
          .fileKey();
    } catch (IOException e) {
      return null;
    }
  }

  /**
   * A name of the pipe that is this process's own now; null before there is one, or if all went.
   */
  synchronized Path own() {
    if (current == null) return null;
    if (current.identity.equals(identity(current.second))) return current.second;
    return current.identity.equals(identity(path)) ? path : null;
  }

  synchronized boolean isMade() {
    return current != null;
  }

  /** Whether the pipe is in its place, or another process's is; puts it there if need be. */
  synchronized boolean restore() throws IOException {
    if (closed || isThere()) return true;
    Path own = own();
    if (own == null) return false;
    Path again = dir.resolve('.' + name + '.' + made++);
    Files.createLink(again, own);
    if (!again.toFile().renameTo(file)) throw new IOException("cannot rename " + again);
    return true;
  }

  /**
   * Puts another pipe in the place of the last one; does nothing once closed. By File, which has
   * the shortest way to rename(2): whoever comes meanwhile shares the last one.
   */
  synchronized void replace(Spare spare) throws IOException {
    if (closed) {
      spare.remove();
      return;
    }
    if (!spare.path.toFile().renameTo(file)) throw new IOException("cannot rename " + spare.path);
    Spare last = current;
    current = spare;
    if (last != null) last.remove();
  }

  /** Makes successors, if there are few. */
  void stockUp() throws IOException {
    synchronized (this) {
      if (closed || spares.size() >= SPARES) return;
    }
    List<Spare> more = make(SPARES);
    synchronized (this) {
      if (!closed) spares.addAll(more);
      else for (Spare each : more) each.remove();
    }
  }

  /** Removes the pipe, unless another process's has taken its place, and its successors. */
  synchronized void close() throws IOException {
    if (closed) return;
    closed = true;
    if (current != null) {
      current.remove();
      if (current.identity.equals(identity(path))) Files.deleteIfExists(path);
    }
    for (Spare each : spares) each.remove();
  }

  private List<Spare> make(int count) throws IOException {
    List<Path> paths = new ArrayList<>();
    List<String> command = new ArrayList<>(List.of("mkfifo"));
    synchronized (this) {
      for (int i = 0; i < 2 * count; i++) paths.add(dir.resolve('.' + name + '.' + made++));
    }
    for (Path each : paths.subList(0, count)) command.add(each.toAbsolutePath().toString());
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
    List<Spare> pipes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Path pipe = paths.get(i);
      Files.createLink(paths.get(count + i), pipe);
      Object identity = identity(pipe);
      if (identity == null) throw new IOException("no identity of " + pipe);
      pipes.add(new Spare(pipe, paths.get(count + i), identity));
    }
    return pipes;
  }
}
