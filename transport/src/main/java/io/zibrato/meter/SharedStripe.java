package io.zibrato.meter;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** One stripe of a timer that any thread may write to: those that have none of their own do. */
final class SharedStripe {
  /*
   * Writers: any thread, by atomic operations. Recording a short duration is one atomic addition: its
   * bucket's cell is packed, the count above, the sum below.
   *
   *     63        36 35         0
   *     +-----------+-----------+
   *     |   count   |  sum, ns  |     of a bucket below 2^(255/16) ns, some 63 us
   *     +-----------+-----------+
   *
   * A packed cell that is half full (FULL) is left alone, and its bucket's values are recorded as longer ones are: in the stripe's sum and a cell that is only a count.
   * The other half is more than all threads can add that looked before it was full. The reader empties cells long before they are (SETTLE), unless it does not read.
   * Reader: one at a time, which Timer sees to. What it counts is in the sum too, since a longer duration is added to the sum first and read from it
   * last. Emptying a cell is seen by no other reader.
   * Arrays of cells are made when a value first falls into them, for two doublings each. Two threads may both make one: the one whose compare-and-set wins is used by both. A thread that has no memory for one
   * counts the call as untimed.
   * A sum that passed 2^63 - 1 is negative, reads as 2^63 - 1, and stays so.
   */
  /** One for each bucket, and some. */
  static final int SLOTS = 64 * Buckets.PER_DOUBLING;

  private static final int CELLS = 2 * Buckets.PER_DOUBLING;
  private static final int CHUNKS = SLOTS / CELLS;
  private static final int PACKED_SLOTS = 16 * Buckets.PER_DOUBLING;
  private static final int SUM_BITS = 36;
  private static final long ONE = 1L << SUM_BITS;
  private static final long FULL = 3L << 62 | 1L << (SUM_BITS - 1);
  private static final long SETTLE = 7L << 61 | 3L << (SUM_BITS - 2);

  private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(long[].class);
  private static final VarHandle CHUNK = MethodHandles.arrayElementVarHandle(long[][].class);
  private static final VarHandle SUM;
  private static final VarHandle UNTIMED;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      SUM = lookup.findVarHandle(SharedStripe.class, "sumNanos", long.class);
      UNTIMED = lookup.findVarHandle(SharedStripe.class, "untimed", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** Packed cells, then counts; and after those the counts of packed cells that were full. */
  private final long[][] chunks = new long[CHUNKS + PACKED_SLOTS / CELLS][];

  private long sumNanos;
  private long untimed;

  void record(int slot, long nanos) {
    long[] chunk = chunks[slot / CELLS];
    if (chunk == null) chunk = chunk(slot / CELLS);
    boolean packed = slot < PACKED_SLOTS && chunk != null;
    if (packed && ((long) CELL.getOpaque(chunk, slot % CELLS) & FULL) == 0) {
      CELL.getAndAdd(chunk, slot % CELLS, ONE + nanos);
    } else {
      recordApart(slot, nanos);
    }
  }

  private void recordApart(int slot, long nanos) {
    if (hasRoom(slot)) {
      addToSum(nanos);
      add(slot, 1L);
    } else {
      recordUntimed();
    }
  }

  private void addToSum(long nanos) {
    long before = (long) SUM.getAndAdd(this, nanos);
    if ((before | (before + nanos)) < 0) SUM.setVolatile(this, Long.MIN_VALUE);
  }

  void recordUntimed() {
    UNTIMED.getAndAdd(this, 1L);
  }

  /** Whether counts of the bucket in {@code slot} can be added. */
  boolean hasRoom(int slot) {
    return apart(slot) != null;
  }

  /** Adds to the count of the bucket in {@code slot}. */
  void add(int slot, long count) {
    CELL.getAndAdd(apart(slot), slot % CELLS, count);
  }

  /** Adds to the sum, and to the calls that were not timed. */
  void add(long nanos, long untimedCalls) {
    addToSum(nanos);
    UNTIMED.getAndAdd(this, untimedCalls);
  }

  /** Where the bucket's cell is only a count. */
  private long[] apart(int slot) {
    return chunk(slot < PACKED_SLOTS ? CHUNKS + slot / CELLS : slot / CELLS);
  }

  /** Null when there is no memory for it. */
  private long[] chunk(int number) {
    long[] chunk = (long[]) CHUNK.getVolatile(chunks, number);
    if (chunk != null) return chunk;
    try {
      CHUNK.compareAndSet(chunks, number, null, new long[CELLS]);
    } catch (OutOfMemoryError e) {
      return null;
    }
    return (long[]) CHUNK.getVolatile(chunks, number);
  }

  long untimed() {
    return (long) UNTIMED.getVolatile(this);
  }

  long timed() {
    long timed = 0;
    for (int number = 0; number < chunks.length; number++) {
      long[] chunk = (long[]) CHUNK.getVolatile(chunks, number);
      if (chunk == null) continue;
      boolean packed = number < PACKED_SLOTS / CELLS;
      for (int i = 0; i < CELLS; i++) {
        long cell = (long) CELL.getVolatile(chunk, i);
        timed += packed ? cell >>> SUM_BITS : cell;
      }
    }
    return timed;
  }

  /**
   * Adds this stripe's counts to {@code slots}, which has {@link #SLOTS} elements, the first for
   * bucket {@link Buckets#LEAST}; returns the sum of what they count, in nanoseconds.
   */
  long addTo(long[] slots) {
    long packedNanos = 0;
    for (int number = 0; number < chunks.length; number++) {
      long[] chunk = (long[]) CHUNK.getVolatile(chunks, number);
      if (chunk == null) continue;
      int first = number % CHUNKS * CELLS;
      if (number * CELLS < PACKED_SLOTS) {
        packedNanos += addPacked(number, chunk, slots);
      } else {
        for (int i = 0; i < CELLS; i++) slots[first + i] += (long) CELL.getVolatile(chunk, i);
      }
    }
    long apart = (long) SUM.getVolatile(this);
    long sum = apart + packedNanos;
    return (apart | sum) < 0 ? Long.MAX_VALUE : sum;
  }

  private long addPacked(int number, long[] chunk, long[] slots) {
    long nanos = 0;
    for (int i = 0; i < CELLS; i++) {
      long cell = (long) CELL.getVolatile(chunk, i);
      if ((cell & SETTLE) != 0 && settle(number, chunk, i)) continue;
      slots[number * CELLS + i] += cell >>> SUM_BITS;
      nanos += cell & (ONE - 1);
    }
    return nanos;
  }

  /** Empties a packed cell; its values are found apart from now on. */
  private boolean settle(int number, long[] chunk, int i) {
    long[] counts = chunk(CHUNKS + number);
    if (counts == null) return false;
    long cell = (long) CELL.getAndSet(chunk, i, 0L);
    addToSum(cell & (ONE - 1));
    CELL.getAndAdd(counts, i, cell >>> SUM_BITS);
    return true;
  }
}
