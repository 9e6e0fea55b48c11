package io.zibrato.backends.statvent;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Reads all pipes of a folder, in parallel and within a time limit.
 *
 * <p>For one caller at a time. A pipe whose process does not answer costs one open file until the
 * process is gone or answers, and no thread beyond the limit.
 */
final class Pipes implements Closeable {
  /*
   * Opening a pipe waits for a writer, and nothing in the JDK ends that wait. When the time is up the pipe is therefore opened for reading and writing, which never waits, and lets the
   * waiting thread in. A read that waits is ended by closing its channel, but not before the pipe was opened for reading once more.
   * What is open then is kept (quiet), for two reasons: the next round need not wait again, since a process that comes to itself writes there, or has
   * put another pipe in its place; and one that does come to itself finds a reader, where a Python process would die of a broken pipe.
   * A pipe that may not be written to, or can be given no second name, is read by cat, which can be ended. So are all, should there be MOST_STUCK threads that nothing can end: somebody took all names of their pipe away while they waited to open it.
   */
  private static final int MOST_THREADS = 256;
  private static final long KEEP_SECONDS = 10;
  private static final long LEFT_MILLIS = 50; // for threads that were let in to come back

  private final Path dir;
  private final Duration limit;
  private final boolean remove;
  private final ThreadPoolExecutor threads;
  private final Map<Path, Quiet> quiet = new ConcurrentHashMap<>();
  private final Set<Attempt> running = ConcurrentHashMap.newKeySet();
  private final Set<Path> ours = ConcurrentHashMap.newKeySet();
  private final AtomicInteger stuck = new AtomicInteger();

  /**
   * @param limit for all pipes together
   * @param remove whether pipes of dead processes are removed
   */
  Pipes(Path dir, Duration limit, boolean remove) {
    this.dir = dir;
    this.limit = limit;
    this.remove = remove;
    threads =
        new ThreadPoolExecutor(
            MOST_THREADS,
            MOST_THREADS,
            KEEP_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            work -> {
              Thread thread = new Thread(work, "statvent-pipe");
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
  }

  /** What became of each pipe, by process. */
  Map<String, Answer> read() throws InterruptedException {
    long untilNanos = System.nanoTime() + limit.toNanos();
    List<Attempt> attempts = new ArrayList<>();
    for (PipeFile pipe : pipes()) attempts.add(new Attempt(pipe, quiet, ours, stuck));
    quiet.keySet().removeIf(path -> isForgotten(path, attempts));
    ours.retainAll(attempts.stream().map(attempt -> attempt.pipe().path()).toList());
    CountDownLatch left = new CountDownLatch(attempts.size());
    running.addAll(attempts);
    for (Attempt attempt : attempts) {
      threads.execute(
          () -> {
            try {
              attempt.run(untilNanos);
            } finally {
              running.remove(attempt);
              left.countDown();
            }
          });
    }
    left.await(untilNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
    end(attempts, left);
    ConcurrentMap<String, Answer> answers = new ConcurrentHashMap<>();
    for (Attempt attempt : attempts)
      answers.merge(attempt.pipe().process(), verdict(attempt), Pipes::better);
    return new TreeMap<>(answers);
  }

  private static Answer better(Answer a, Answer b) {
    return a.listing().isPresent() ? a : b;
  }

  /** The pipes there are; hidden ones that are left are removed on the way. */
  private List<PipeFile> pipes() {
    List<PipeFile> pipes = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(dir)) {
      for (Path path : files) {
        PipeFile file = new PipeFile(path);
        if (!file.isPipe()) continue;
        if (!file.hidden()) pipes.add(file);
        else if (remove && file.isLeft()) Files.deleteIfExists(path);
      }
    } catch (IOException | DirectoryIteratorException e) {
      System.getLogger(Pipes.class.getName()).log(System.Logger.Level.DEBUG, "no folder " + dir, e);
    }
    return pipes;
  }

  private boolean isForgotten(Path path, List<Attempt> attempts) {
    if (attempts.stream().anyMatch(attempt -> attempt.pipe().path().equals(path))) return false;
    close(quiet.get(path).connection());
    return true;
  }

  /** Ends what still waits: reads by closing, opens by opening the other end. */
  private void end(List<Attempt> attempts, CountDownLatch left) throws InterruptedException {
    if (left.getCount() == 0) return;
    List<Attempt> ended = attempts.stream().filter(Attempt::end).toList();
    List<FileChannel> ends = new ArrayList<>();
    for (Attempt attempt : ended) {
      for (Path name : attempt.waitsAt()) openBoth(name, ends);
    }
    left.await(LEFT_MILLIS, TimeUnit.MILLISECONDS);
    for (FileChannel end : ends) close(end);
    ended.forEach(Attempt::leave);
  }

  private static void openBoth(Path path, List<FileChannel> ends) {
    try {
      ends.add(OpenPipe.openBoth(path));
    } catch (IOException e) {
      System.getLogger(Pipes.class.getName())
          .log(System.Logger.Level.DEBUG, "opening " + path + " to end a wait", e);
    }
  }

  private Answer verdict(Attempt attempt) {
    Answer answer = attempt.answer();
    boolean toldNothing = answer.state() == Answer.State.SILENT;
    return toldNothing && remove && attempt.pipe().isLeft() ? removed(attempt.pipe()) : answer;
  }

  private Answer removed(PipeFile pipe) {
    try {
      Files.deleteIfExists(pipe.path());
    } catch (IOException e) {
      return Answer.none(Answer.State.SILENT, "its process is dead: " + e.getMessage());
    }
    Quiet known = quiet.remove(pipe.path());
    if (known != null) close(known.connection());
    return Answer.none(Answer.State.REMOVED, "");
  }

  static void close(Closeable closeable) {
    try {
      closeable.close();
    } catch (IOException e) {
      System.getLogger(Pipes.class.getName()).log(System.Logger.Level.DEBUG, "closing a pipe", e);
    }
  }

  /** Ends what is still under way too, as when a round was interrupted. */
  @Override
  public void close() {
    threads.shutdownNow();
    List<FileChannel> ends = new ArrayList<>();
    for (Attempt attempt : running) {
      attempt.end();
      for (Path name : attempt.waitsAt()) openBoth(name, ends);
    }
    try {
      if (!running.isEmpty()) threads.awaitTermination(LEFT_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    ends.forEach(Pipes::close);
    quiet.values().forEach(known -> close(known.connection()));
    quiet.clear();
  }
}
