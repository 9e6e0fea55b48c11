package io.zibrato.meter;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** One stripe of a timer: the values of the threads that picked it. */
final class TimerStripe {
  /*
   * Writers: the threads of this stripe, by atomic operations, so two of them may share it. They count a value in its bucket last, and the reader, the
   * publisher's thread, which takes no lock, reads the buckets first: a value that it counts is in the sum too, and in this window's least and most or an earlier one's. The
   * other way round, a sum may be ahead of its bucket, which the next reading finds.
   * A doubling's 16 buckets are made when a value first falls into them. Two threads may both make them: the one whose compare-and-set wins
   * is used by both.
   * least and most are of the window: the reader takes them and sets them back.
   * A sum that passed 2^63 - 1 is negative, reads as 2^63 - 1, and stays so, as a cell of Stripes does.
   */
  private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(long[].class);
  private static final VarHandle CHUNK = MethodHandles.arrayElementVarHandle(long[][].class);
  private static final VarHandle SUM;
  private static final VarHandle UNTIMED;
  private static final VarHandle LEAST;
  private static final VarHandle MOST;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      SUM = lookup.findVarHandle(TimerStripe.class, "sumNanos", long.class);
      UNTIMED = lookup.findVarHandle(TimerStripe.class, "untimed", long.class);
      LEAST = lookup.findVarHandle(TimerStripe.class, "leastNanos", long.class);
      MOST = lookup.findVarHandle(TimerStripe.class, "mostNanos", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final long[][] chunks = new long[64][];
  private long sumNanos;
  private long untimed;
  private long leastNanos = Long.MAX_VALUE;
  private long mostNanos = -1;

  void record(long nanos) {
    int slot = Buckets.index(nanos) - Buckets.LEAST;
    long[] chunk = chunks[slot >>> Buckets.SCALE];
    if (chunk == null) chunk = chunk(slot >>> Buckets.SCALE);
    if (nanos < (long) LEAST.getOpaque(this)) lower(nanos);
    if (nanos > (long) MOST.getOpaque(this)) raise(nanos);
    long before = (long) SUM.getAndAdd(this, nanos);
    if ((before | (before + nanos)) < 0) SUM.setVolatile(this, Long.MIN_VALUE);
    CELL.getAndAdd(chunk, slot & (Buckets.PER_DOUBLING - 1), 1L);
  }

  void recordUntimed() {
    UNTIMED.getAndAdd(this, 1L);
  }

  private long[] chunk(int doubling) {
    CHUNK.compareAndSet(chunks, doubling, null, new long[Buckets.PER_DOUBLING]);
    return (long[]) CHUNK.getVolatile(chunks, doubling);
  }

  private void lower(long nanos) {
    long least;
    do {
      least = (long) LEAST.getVolatile(this);
    } while (nanos < least && !LEAST.weakCompareAndSet(this, least, nanos));
  }

  private void raise(long nanos) {
    long most;
    do {
      most = (long) MOST.getVolatile(this);
    } while (nanos > most && !MOST.weakCompareAndSet(this, most, nanos));
  }

  long sumNanos() {
    long sum = (long) SUM.getVolatile(this);
    return sum < 0 ? Long.MAX_VALUE : sum;
  }

  long untimed() {
    return (long) UNTIMED.getVolatile(this);
  }

  long timed() {
    long timed = 0;
    for (int doubling = 0; doubling < chunks.length; doubling++) {
      long[] chunk = (long[]) CHUNK.getVolatile(chunks, doubling);
      if (chunk == null) continue;
      for (int i = 0; i < chunk.length; i++) timed += (long) CELL.getVolatile(chunk, i);
    }
    return timed;
  }

  /** The window's least, or {@code Long.MAX_VALUE}; begins a new window. */
  long takeLeastNanos() {
    return (long) LEAST.getAndSet(this, Long.MAX_VALUE);
  }

  /** The window's most, or -1; begins a new window. */
  long takeMostNanos() {
    return (long) MOST.getAndSet(this, -1L);
  }

  /**
   * Adds this stripe's counts to {@code slots}, which has one element a bucket from {@link
   * Buckets#LEAST} on.
   */
  void addTo(long[] slots) {
    for (int doubling = 0; doubling < chunks.length; doubling++) {
      long[] chunk = (long[]) CHUNK.getVolatile(chunks, doubling);
      if (chunk == null) continue;
      int first = doubling << Buckets.SCALE;
      for (int i = 0; i < chunk.length; i++) {
        long count = (long) CELL.getVolatile(chunk, i);
        if (count != 0) slots[first + i] += count;
      }
    }
  }
}
