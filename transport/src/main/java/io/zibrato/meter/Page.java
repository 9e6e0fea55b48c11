package io.zibrato.meter;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/** What one thread alone added to counters: a number for each that it moved, by the meter's id. */
final class Page extends Own {
  /*
   * Writer: the thread, so no addition has to be atomic. Reader: any, one number at a time, which only rises.
   * Numbers are made 64 at a time; the table of them is copied to grow, and a reader of the old one is only late.
   * A number that passed 2^63 - 1 is negative, reads as 2^63 - 1, and stays so.
   */
  private static final int CHUNK_BITS = 6;
  private static final int CHUNK = 1 << CHUNK_BITS;

  private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(long[].class);
  private static final VarHandle CHUNKS;
  private static final VarHandle CHUNK_AT = MethodHandles.arrayElementVarHandle(long[][].class);

  static {
    try {
      CHUNKS = MethodHandles.lookup().findVarHandle(Page.class, "chunks", long[][].class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private long[][] chunks = {};

  Page(Thread owner) {
    super(owner);
  }

  /** Whether {@link #add} may be called for this id; for the owner. Makes room if it can. */
  boolean has(int id) {
    int number = id >>> CHUNK_BITS;
    long[][] chunks = this.chunks;
    return (number < chunks.length && chunks[number] != null) || grow(number);
  }

  /** Adds {@code n}, which is not negative; false when the number cannot hold it. For the owner. */
  boolean add(int id, long n) {
    long[] chunk = chunks[id >>> CHUNK_BITS];
    long before = chunk[id & (CHUNK - 1)];
    boolean fits = (before | (before + n)) >= 0;
    CELL.setOpaque(chunk, id & (CHUNK - 1), fits ? before + n : Long.MIN_VALUE);
    return fits;
  }

  private boolean grow(int number) {
    try {
      if (number >= chunks.length) {
        int length = Math.max(number + 1, 2 * chunks.length);
        CHUNKS.setRelease(this, Arrays.copyOf(chunks, length));
      }
      CHUNK_AT.setRelease(chunks, number, new long[CHUNK]);
      return true;
    } catch (OutOfMemoryError e) {
      return false;
    }
  }

  /** What was added to this counter, or less than 0 if it was more than 2^63 - 1. For readers. */
  long sum(int id) {
    long[][] chunks = (long[][]) CHUNKS.getAcquire(this);
    int number = id >>> CHUNK_BITS;
    if (number >= chunks.length) return 0;
    long[] chunk = (long[]) CHUNK_AT.getAcquire(chunks, number);
    return chunk == null ? 0 : (long) CELL.getOpaque(chunk, id & (CHUNK - 1));
  }

  /** Ids from here on have no number. For readers. */
  int end() {
    return ((long[][]) CHUNKS.getAcquire(this)).length << CHUNK_BITS;
  }
}
