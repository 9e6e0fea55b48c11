package io.zibrato.backends.statvent;

import java.io.IOException;
import java.nio.file.Files;
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
   * So at least one of them sees the other. What is open then belongs to whoever of both comes first (letGo).
   */
  static final int MOST_STUCK = 16;
  private static final int MORE_IF_EMPTY = 2;
  private static final int BUFFER_BYTES = 64 * 1024;
  private static final String LATE = "too late for the request before, after which it was written";

  private final PipeFile pipe;
  private final Map<Path, Quiet> quiet;
  private final Set<Path> ours;
  private final AtomicInteger stuck;
  private final Connection.Opener byCat;
  private volatile Optional<Object> identity = Optional.empty();
  private volatile boolean opening;
  private volatile Path handle; // the pipe's other name meanwhile; null where none could be made
  private volatile boolean over;
  private volatile boolean heard; // from the connection there is
  private volatile Listing late;
  private volatile Answer answer;
  private Connection connection; // guarded by this
  private boolean left; // guarded by this
  private boolean back; // guarded by this

  /**
   * @param quiet pipes that did not answer before, still open; and if need be this one
   * @param ours pipes that told something in our form before; and if need be this one
   * @param stuck how many threads wait to open a pipe beyond their time
   */
  Attempt(PipeFile pipe, Map<Path, Quiet> quiet, Set<Path> ours, AtomicInteger stuck) {
    this(pipe, quiet, ours, stuck, Cat::open);
  }

  Attempt(
      PipeFile pipe,
      Map<Path, Quiet> quiet,
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
      Answer known = ofQuiet();
      answer = known != null ? known : read(untilNanos);
    } catch (IOException e) {
      if (!pipe.isPipe()) answer = Answer.none(Answer.State.GONE, "");
      else if (!over) answer = Answer.none(Answer.State.UNREADABLE, String.valueOf(e.getMessage()));
    } catch (RuntimeException | OutOfMemoryError e) {
      answer = Answer.none(Answer.State.UNREADABLE, String.valueOf(e));
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

  /** What is known of the pipe if it did not answer before; null if it is to be asked. */
  private Answer ofQuiet() {
    Quiet known = quiet.get(pipe.path());
    if (known == null) return null;
    try {
      if (known.isSilent(pipe)) return Answer.none(Answer.State.SILENT, "");
      quiet.remove(pipe.path(), known);
      if (!known.connection().hasNews()) {
        known.connection().close();
        return null;
      }
      boolean lateListing = known.isLateListing(pipe);
      heard = !known.from().readNothing();
      if (known.isOf(pipe)) link();
      // Also what is not told is taken, so that nobody waits to write it.
      byte[] bytes = readAll(known.connection());
      if (bytes == null) return over ? null : tooMuch();
      Listing listing = ListingParser.parse(bytes);
      if (lateListing && listing.complete() && !listing.isEmpty()) late = listing;
    } catch (IOException e) {
      debug("reading what was left open of", pipe.path(), e);
    }
    heard = false;
    return null;
  }

  /** Null when it is over. */
  private Answer readOnce() throws IOException {
    byte[] bytes;
    try {
      boolean byOpening = link() && stuck.get() < MOST_STUCK;
      opening = byOpening;
      if (over) return null;
      Connection opened = byOpening ? OpenPipe.open(pipe.path()) : byCat.open(pipe.path());
      opening = false;
      if (over && !byOpening) {
        opened.close();
        return null;
      }
      bytes = readAll(opened);
    } finally {
      opening = false;
      dropHandle();
    }
    if (over) return null;
    return bytes == null ? tooMuch() : Answer.of(ListingParser.parse(bytes));
  }

  private static Answer tooMuch() {
    return Answer.none(Answer.State.CUT_OFF, ListingBytes.TOO_MUCH);
  }

  /** Gives the pipe another name, which may not be; by that it can be opened again at any time. */
  private boolean link() {
    Path name = Files.isWritable(pipe.path()) ? pipe.otherName() : null;
    identity = (name == null ? pipe : new PipeFile(name)).identity();
    handle = name;
    return name != null;
  }

  /** Null if it is over, or it tells too much; then the pipe stays open. */
  private byte[] readAll(Connection from) throws IOException {
    boolean stays = false;
    synchronized (this) {
      connection = from;
    }
    try {
      ListingBytes all = new ListingBytes();
      byte[] buffer = new byte[BUFFER_BYTES];
      while (!over) {
        int read = from.read(buffer);
        if (read < 0) return all.bytes();
        heard = true;
        if (!all.add(buffer, read)) break;
      }
      stays = true;
      return null;
    } finally {
      letGo(stays);
      dropHandle();
    }
  }

  /** Ends it, and returns whether there was something to end. */
  boolean end() {
    if (answer != null) return false;
    over = true;
    letGo(true);
    return true;
  }

  private synchronized void letGo(boolean stays) {
    Connection open = connection;
    connection = null;
    if (open == null) return;
    try {
      if (stays) keep(open.handOver(handle));
      else open.close();
    } catch (IOException e) {
      debug("letting go", pipe.path(), e);
    }
  }

  private void keep(Connection.Waiting open) throws IOException {
    Quiet last = quiet.put(pipe.path(), new Quiet(open, identity, System.nanoTime(), this));
    if (last != null) last.connection().close();
  }

  private void dropHandle() {
    Path name = handle;
    handle = null;
    if (name == null) return;
    try {
      Files.deleteIfExists(name);
    } catch (IOException e) {
      debug("removing", name, e);
    }
  }

  private static void debug(String what, Path file, IOException e) {
    System.getLogger(Attempt.class.getName()).log(System.Logger.Level.DEBUG, what + " " + file, e);
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

  /** Whether it came back, and what it left open is as it was found. */
  synchronized boolean readNothing() {
    return back && !heard;
  }

  Answer answer() {
    Answer known = answer;
    if (known != null) return known;
    Listing late = this.late;
    if (late != null) return new Answer(Answer.State.ANSWERED, LATE, Optional.of(late));
    return heard
        ? Answer.none(Answer.State.CUT_OFF, "it did not come to its end in time")
        : Answer.none(Answer.State.SILENT, "");
  }
}
