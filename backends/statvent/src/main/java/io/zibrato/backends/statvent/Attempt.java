package io.zibrato.backends.statvent;

import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** One pipe in one round: read by a thread of its own, and ended by another when the time is up. */
final class Attempt {
  /*
   * The reader says what it is about to do before it does it, and looks then whether it is over; who ends it says so first, and looks then what the reader does.
   * So at least one of them sees the other.
   */
  static final int MOST_STUCK = 16;
  private static final int MORE_IF_EMPTY = 2;
  private static final int BUFFER_BYTES = 64 * 1024;
  private static final int MAX_BYTES = 16 * 1024 * 1024;

  private final PipeFile pipe;
  private final Map<Path, Pipes.Quiet> quiet;
  private final Set<Path> ours;
  private final AtomicInteger stuck;
  private final Connection.Opener byCat;
  private volatile Optional<Object> identity = Optional.empty();
  private volatile boolean opening;
  private volatile Path
      handle; // the pipe's other name while it is opened; null where none could be made
  private volatile boolean over;
  private volatile boolean heard;
  private volatile Connection connection;
  private volatile Answer answer;
  private boolean left; // guarded by this
  private boolean back; // guarded by this

  /**
   * @param quiet pipes that did not answer before, still open; and if need be this one
   * @param ours pipes that told something in our form before; and if need be this one
   * @param stuck how many threads wait to open a pipe beyond their time
   */
  Attempt(PipeFile pipe, Map<Path, Pipes.Quiet> quiet, Set<Path> ours, AtomicInteger stuck) {
    this(pipe, quiet, ours, stuck, Connection::byCat);
  }

  Attempt(
      PipeFile pipe,
      Map<Path, Pipes.Quiet> quiet,
      Set<Path> ours,
      AtomicInteger stuck,
      Connection.Opener byCat) {
    this.pipe = pipe;
    this.quiet = quiet;
    this.ours = ours;
    this.stuck = stuck;
    this.byCat = byCat;
  }

  PipeFile pipe() {
    return pipe;
  }

  /** On the reader's thread. */
  void run(long untilNanos) {
    try {
      if (!isStillQuiet()) answer = read(untilNanos);
    } catch (NoSuchFileException | FileNotFoundException e) {
      answer =
          pipe.isPipe()
              ? Answer.none(Answer.State.UNREADABLE, String.valueOf(e.getMessage()))
              : Answer.none(Answer.State.GONE, "");
    } catch (IOException e) {
      if (!over) answer = Answer.none(Answer.State.UNREADABLE, String.valueOf(e.getMessage()));
    } finally {
      isBack();
    }
  }

  private Answer read(long untilNanos) throws IOException {
    int empty = 0;
    while (!over && System.nanoTime() < untilNanos) {
      Answer read = readOnce();
      if (read == null) return null;
      if (read.listing().isEmpty()) return read;
      Listing listing = read.listing().get();
      if (listing.ours()) ours.add(pipe.path());
      // Of two readers at the same moment one may get nothing, or a listing without its last line.
      // Ours have put another pipe in the place by then; one of Python's may be gone for ever.
      boolean again =
          listing.isEmpty()
              ? ours.contains(pipe.path()) && ++empty <= MORE_IF_EMPTY
              : !listing.complete();
      if (!again) return read;
      heard = false;
    }
    return null;
  }

  /** Whether the pipe is the one that did not answer last time, and still says nothing. */
  private boolean isStillQuiet() throws IOException {
    Pipes.Quiet known = quiet.get(pipe.path());
    if (known == null) return false;
    boolean same = known.identity().equals(pipe.identity());
    try {
      if (same && !known.connection().hasBytes()) {
        answer = Answer.none(Answer.State.SILENT, "");
        return true;
      }
      connection = known.connection();
      // What was written since is late: it is taken, so that nobody waits to write it, and not
      // told.
      if (same && !over) readAll(known.connection());
    } catch (IOException e) {
      System.getLogger(Attempt.class.getName())
          .log(System.Logger.Level.DEBUG, "what was left open of " + pipe.path(), e);
    }
    quiet.remove(pipe.path());
    known.connection().close();
    connection = null;
    heard = false;
    return false;
  }

  /** Null when it is over. */
  private Answer readOnce() throws IOException {
    boolean byOpening = stuck.get() < MOST_STUCK && Files.isWritable(pipe.path());
    identity = pipe.identity();
    Connection opened;
    try {
      if (byOpening) handle = pipe.otherName();
      opening = byOpening;
      if (over) return null;
      opened = byOpening ? Connection.open(pipe.path()) : byCat.open(pipe.path());
      connection = opened;
    } finally {
      opening = false;
      dropHandle();
    }
    if (over) {
      if (byOpening) quiet.put(pipe.path(), new Pipes.Quiet(opened, identity));
      else opened.close();
      return null;
    }
    try (opened) {
      byte[] bytes = readAll(opened);
      if (over) return null;
      if (bytes == null) return Answer.none(Answer.State.CUT_OFF, "more than 16 MiB");
      return Answer.of(ListingParser.parse(bytes));
    } finally {
      connection = null;
    }
  }

  /** Null if there are too many bytes. */
  private byte[] readAll(Connection from) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] buffer = new byte[BUFFER_BYTES];
    for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
      heard = true;
      all.write(buffer, 0, read);
      if (all.size() > MAX_BYTES) return null;
    }
    return all.toByteArray();
  }

  /** Ends it, and returns whether there was something to end. */
  boolean end() {
    if (answer != null) return false;
    over = true;
    Connection open = connection;
    if (open != null && !opening) {
      try {
        open.close();
      } catch (IOException e) {
        System.getLogger(Attempt.class.getName())
            .log(System.Logger.Level.DEBUG, "closing " + pipe.path(), e);
      }
    }
    return true;
  }

  private void dropHandle() {
    Path name = handle;
    handle = null;
    if (name == null) return;
    try {
      Files.deleteIfExists(name);
    } catch (IOException e) {
      System.getLogger(Attempt.class.getName())
          .log(System.Logger.Level.DEBUG, "removing " + name, e);
    }
  }

  /**
   * By which names the pipe that it waits to open can be opened from the other end; none if it does
   * not wait. The pipe may have lost the name by which it was found.
   */
  List<Path> waitsAt() {
    List<Path> names = new ArrayList<>();
    Path other = handle;
    if (opening && other != null) names.add(other);
    if (opening && identity.isPresent() && identity.equals(pipe.identity())) names.add(pipe.path());
    return names;
  }

  /** It is given up: its thread counts as stuck until it comes back. */
  synchronized void leave() {
    if (back) return;
    left = true;
    stuck.getAndIncrement();
  }

  private synchronized void isBack() {
    back = true;
    if (left) stuck.getAndDecrement();
  }

  Answer answer() {
    Answer known = answer;
    if (known != null) return known;
    return heard
        ? Answer.none(Answer.State.CUT_OFF, "it did not come to its end in time")
        : Answer.none(Answer.State.SILENT, "");
  }
}
