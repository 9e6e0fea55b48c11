package io.zibrato.statvent;

import io.zibrato.transport.OwnThreads;
import java.io.IOException;
import java.lang.System.Logger;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Writes a listing to each reader of this process's named pipe, which is put back within a minute
 * when somebody removes it.
 *
 * <p>While nobody reads, one daemon thread waits in the kernel, and one looks once a minute. A
 * reader gets one complete listing of its own, then the end of the file; readers do not wait for
 * each other. One that leaves half way, or does not read on, hurts nobody: once there are more than
 * {@value #MANY_READERS}, those that have not read on for a second are dropped for new ones, and so
 * is the oldest of all once there are {@value #MOST_READERS}.
 */
final class Recorder implements AutoCloseable {
  /*
   * Opening a pipe for writing waits until a reader opens it, and nothing in the JDK ends that wait: closing opens the pipe for reading itself. Once a reader has come, the pipe is
   * replaced by another, so that no further reader comes to it, before anything is written. Two who open within the time from the first one's coming to the replacement, some hundred microseconds
   * unless the JVM stands still, share one listing; the kernel has no way to tell or to prevent it. A listing's first and last line show to whom it matters whether it has all.
   * A pipe of which all names are removed while this waits to open it cannot be had back: its thread is left to itself, and another one waits at a new pipe.
   * Writing is done by a thread for each reader, so that this one is back at the next pipe at once. The JDK ends a write that waits when its channel is closed, unlike a wait in open.
   */
  private static final Logger LOG = System.getLogger(Recorder.class.getName());
  private static final int MANY_READERS = 8;
  private static final int MOST_READERS = 64;
  private static final int PIECE_BYTES = 16 * 1024;
  private static final long IDLE_NANOS = 1_000_000_000L;
  private static final long CLOSE_MILLIS = 1000;
  private static final long STEP_MILLIS = 20;
  private static final long RETRY_NANOS = 5_000_000_000L;
  private static final long WATCH_NANOS = 60_000_000_000L;
  private static final int MOST_MISSES = 5;
  private static final Set<OpenOption> FOR_WRITING =
      Set.of(StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
  private static final Set<OpenOption> FOR_BOTH =
      Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);

  /** Says to another copy of this class, of another loader, that the process has a pipe. */
  private static final String PIPE_PROPERTY = "io.zibrato.statvent";

  private final Fifo fifo;
  private final Supplier<byte[]> listing;
  private final Set<Reader> readers = new LinkedHashSet<>(); // oldest first; guarded by itself
  private volatile Thread thread = OwnThreads.create(this::run, "zibrato-statvent");
  private final Thread watch = OwnThreads.create(this::watch, "zibrato-statvent-watch");
  private final long watchNanos;
  private Thread hook;
  private boolean failed;
  private volatile boolean opening;
  private volatile boolean started;
  private volatile boolean closing;

  /** Somebody at the other end, and when he last took something. */
  private static final class Reader {
    final FileChannel channel;
    volatile long readNanos = System.nanoTime();

    Reader(FileChannel channel) {
      this.channel = channel;
    }
  }

  /** Does nothing before {@link #start}. */
  Recorder(Path dir, Supplier<byte[]> listing) {
    this(dir, listing, WATCH_NANOS);
  }

  Recorder(Path dir, Supplier<byte[]> listing, long watchNanos) {
    this.watchNanos = watchNanos;
    this.fifo = new Fifo(dir, ProcessHandle.current().pid());
    this.listing = listing;
  }

  /** Starts the thread, which makes the pipe. Does not wait, and does not fail. */
  void start() {
    String other = System.getProperty(PIPE_PROPERTY);
    if (other != null) {
      LOG.log(Logger.Level.WARNING, "this process tells its numbers already, in {0}", other);
      return;
    }
    try {
      hook = OwnThreads.create(this::removePipe, "zibrato-statvent-close");
      Runtime.getRuntime().addShutdownHook(hook);
      thread.start();
      started = true;
      System.setProperty(PIPE_PROPERTY, fifo.path().toString());
    } catch (IllegalStateException e) {
      LOG.log(Logger.Level.DEBUG, "the process leaves already; no pipe is made", e);
    } catch (OutOfMemoryError e) {
      LOG.log(Logger.Level.WARNING, "no thread to write the pipe", e);
    }
  }

  private void run() {
    try {
      fifo.open();
      fifo.stockUp();
    } catch (IOException | UnsupportedOperationException e) {
      LOG.log(
          Logger.Level.WARNING,
          "no named pipe {0}: {1}",
          fifo.path(),
          String.valueOf(e.getMessage()));
      return;
    }
    if (!closing) watch.start();
    acceptAll();
  }

  private void acceptAll() {
    while (!closing && Thread.currentThread() == thread) {
      try {
        accept();
      } catch (IOException | RuntimeException | OutOfMemoryError e) {
        if (!closing) failed(e);
      }
    }
  }

  private void watch() {
    while (!closing) {
      LockSupport.parkNanos(watchNanos);
      try {
        if (closing || fifo.restore() || !opening) continue;
        fifo.open();
        Thread next = OwnThreads.create(this::acceptAll, "zibrato-statvent");
        thread = next;
        next.start();
      } catch (IOException | RuntimeException | OutOfMemoryError e) {
        LOG.log(Logger.Level.DEBUG, "the pipe is not put back", e);
      }
    }
  }

  private void accept() throws IOException {
    if (!fifo.isThere()) fifo.open();
    if (closing) return;
    Fifo.Spare spare = fifo.spare();
    Path own = fifo.own();
    opening = true;
    FileChannel channel = FileChannel.open(own != null ? own : fifo.path(), FOR_WRITING);
    boolean served = false;
    try {
      if (closing || Thread.currentThread() != thread) {
        spare.remove();
        return;
      }
      opening = false;
      fifo.replace(spare);
      served = !closing && serveApart(new Reader(channel));
    } finally {
      if (!served) channel.close();
    }
  }

  private boolean serveApart(Reader reader) throws IOException {
    admit(reader);
    try {
      OwnThreads.create(() -> serve(reader), "zibrato-statvent-reader").start();
      return true;
    } catch (OutOfMemoryError e) {
      leave(reader);
      throw e;
    }
  }

  private void failed(Throwable e) {
    LOG.log(
        failed ? Logger.Level.DEBUG : Logger.Level.WARNING,
        "the named pipe " + fifo.path() + " is tried again",
        e);
    failed = true;
    LockSupport.parkNanos(RETRY_NANOS);
  }

  private void admit(Reader reader) {
    List<Reader> dropped = new ArrayList<>();
    synchronized (readers) {
      readers.add(reader);
      if (readers.size() > MANY_READERS)
        readers.stream().filter(Recorder::isIdle).forEach(dropped::add);
      if (dropped.isEmpty() && readers.size() > MOST_READERS)
        dropped.add(readers.iterator().next());
    }
    dropped.forEach(this::leave);
  }

  private static boolean isIdle(Reader reader) {
    return System.nanoTime() - reader.readNanos > IDLE_NANOS;
  }

  private void leave(Reader reader) {
    synchronized (readers) {
      readers.remove(reader);
    }
    close(reader.channel);
  }

  private void serve(Reader reader) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(listing.get());
      fifo.stockUp();
      // A pipe takes a write as a whole: by pieces, so that it is seen who reads on.
      while (bytes.hasRemaining()) {
        int size = Math.min(PIECE_BYTES, bytes.remaining());
        int written = reader.channel.write(bytes.slice(bytes.position(), size));
        bytes.position(bytes.position() + written);
        reader.readNanos = System.nanoTime();
      }
    } catch (IOException | RuntimeException e) {
      LOG.log(Logger.Level.DEBUG, "a reader left, or was dropped", e);
    } finally {
      leave(reader);
    }
  }

  /** Ends the thread and removes the pipe, within a second. */
  @Override
  public void close() {
    removePipe();
    if (hook != null && Thread.currentThread() != hook) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        LOG.log(Logger.Level.TRACE, "closed while the process leaves", e);
      }
    }
    List<Reader> left;
    synchronized (readers) {
      left = List.copyOf(readers);
    }
    left.forEach(this::leave);
  }

  /** Whoever waits at the pipe's other end reads its end. */
  private void removePipe() {
    closing = true;
    if (!started) return;
    LockSupport.unpark(thread);
    LockSupport.unpark(watch);
    System.getProperties().remove(PIPE_PROPERTY, fifo.path().toString());
    try {
      awaken();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try {
      fifo.close();
    } catch (IOException e) {
      LOG.log(Logger.Level.DEBUG, "removing the pipe", e);
    }
  }

  private void awaken() throws InterruptedException {
    long untilNanos = System.nanoTime() + CLOSE_MILLIS * 1_000_000;
    int misses = 0;
    do {
      FileChannel awakening = null;
      try {
        Path own = fifo.own();
        if (own != null) awakening = FileChannel.open(own, FOR_BOTH);
        else if (fifo.isMade() && ++misses > MOST_MISSES) return; // nothing awakens it
      } catch (IOException e) {
        LOG.log(Logger.Level.DEBUG, "opening the pipe to close it", e);
      }
      thread.join(STEP_MILLIS);
      close(awakening);
    } while (thread.isAlive() && System.nanoTime() < untilNanos);
  }

  private static void close(FileChannel channel) {
    try {
      if (channel != null) channel.close();
    } catch (IOException e) {
      LOG.log(Logger.Level.DEBUG, "closing a pipe", e);
    }
  }
}
