package io.zibrato.transport;

import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import zmq.Msg;

/**
 * What a socket may hold of what its peers sent: messages that its owner has not yet taken, and
 * long ones that are still being read. What is beyond is read and dropped.
 *
 * <p>A peer announces a length, and JeroMQ asks for that much memory at once; and a high-water mark
 * counts messages, not bytes, for each peer. So neither bounds what many peers come to.
 *
 * <p>One ZeroMQ thread allocates; the socket's owner says what it took. The count is roughly right,
 * and exact again whenever the owner finds nothing more to take.
 */
public final class Inflow {
  /** Messages up to this are not followed while they are read. */
  static final int LONG_BYTES = 16 * 1024;

  private static final int MESSAGE_OVERHEAD = 200;
  private static final long TIGHT_NANOS = 2_000_000_000L;

  private final int maxMessageBytes;
  private final long budgetBytes;
  private final Turnstile turnstile;
  private final Runnable onTight;
  private final AtomicLong allocated = new AtomicLong(); // written by ZeroMQ's thread
  private final AtomicLong taken = new AtomicLong(); // written by the owner's thread
  private final AtomicLong discarded = new AtomicLong();
  private int sealedBytes; // set before there are messages

  // Only ZeroMQ's thread.
  private final List<WeakReference<GuardedMsg>> beingRead = new ArrayList<>();
  private long beingReadBytes;
  private byte[] shared;
  private long tightNanos = System.nanoTime() - TIGHT_NANOS;

  /**
   * @param budgetBytes for each of the two
   * @param onTight told by ZeroMQ's thread, at most every two seconds, that long messages which are
   *     being read take all of the budget, as when peers announce and do not send
   */
  public Inflow(int maxMessageBytes, long budgetBytes, Turnstile turnstile, Runnable onTight) {
    this.maxMessageBytes = maxMessageBytes;
    this.budgetBytes = budgetBytes;
    this.turnstile = turnstile;
    this.onTight = onTight;
  }

  /** One of a sixteenth of the heap, and of four messages at the least. */
  public static Inflow ofHeap(int maxMessageBytes, Turnstile turnstile, Runnable onTight) {
    long budget = Math.max(4L * maxMessageBytes, Runtime.getRuntime().maxMemory() / 16);
    return new Inflow(maxMessageBytes, budget, turnstile, onTight);
  }

  int maxMessageBytes() {
    return maxMessageBytes;
  }

  /**
   * An empty message instead of one that is too long, or of a length whose sign a decoder did not
   * check: JeroMQ 0.6.0 asks for those before any authentication, and loops or loses its I/O thread
   * if asking throws. The reader of the socket drops empty messages.
   */
  Msg allocate(int bytes) {
    if (bytes < 0 || bytes > maxMessageBytes) return new Msg(0);
    if (allocated.get() - taken.get() > budgetBytes) return discard(bytes);
    if (bytes > LONG_BYTES && !roomToRead(bytes)) return discard(bytes);
    allocated.lazySet(allocated.get() + bytes + MESSAGE_OVERHEAD);
    GuardedMsg message = new GuardedMsg(bytes, turnstile, this);
    if (bytes > LONG_BYTES && budgetBytes < Long.MAX_VALUE) {
      beingRead.add(new WeakReference<>(message));
      beingReadBytes += bytes;
    }
    return message;
  }

  /** Messages come with so much around them that their owner does not see. */
  void sealed(int bytes) {
    sealedBytes = bytes;
  }

  /** A message of so many bytes is not for the owner. Only ZeroMQ's thread. */
  void turnedAway(int bytes) {
    allocated.lazySet(allocated.get() - bytes - MESSAGE_OVERHEAD);
  }

  /** The owner took a message of so many bytes. */
  public void taken(int bytes) {
    taken.lazySet(taken.get() + bytes + sealedBytes + MESSAGE_OVERHEAD);
  }

  /** A number for {@link #nothingLeft}, to be had before the owner looks for more. */
  public long allocated() {
    return allocated.get();
  }

  /**
   * The owner found nothing more to take.
   *
   * @param before what {@link #allocated} said before it looked
   */
  public void nothingLeft(long before) {
    taken.lazySet(before);
  }

  /** Messages dropped for want of room, since the beginning. */
  public long discarded() {
    return discarded.get();
  }

  private boolean roomToRead(int bytes) {
    if (bytes <= budgetBytes - beingReadBytes) return true;
    beingReadBytes = 0;
    beingRead.removeIf(this::isRead);
    if (bytes <= budgetBytes - beingReadBytes) return true;
    long now = System.nanoTime();
    if (now - tightNanos >= TIGHT_NANOS) {
      tightNanos = now;
      onTight.run();
    }
    return false;
  }

  /** Encrypted ones are never known to be complete; they are read once nobody holds them. */
  private boolean isRead(WeakReference<GuardedMsg> reference) {
    GuardedMsg message = reference.get();
    if (message == null || message.complete()) return true;
    beingReadBytes += message.size();
    return false;
  }

  private Msg discard(int bytes) {
    if (shared == null) shared = new byte[maxMessageBytes];
    return new DiscardedMsg(ByteBuffer.wrap(shared, 0, bytes), discarded::incrementAndGet);
  }
}
