package io.zibrato.meter;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** One stripe of a timer that belongs to one thread. */
class OwnStripe extends Own {
  /*
   * Writer: the thread, so no addition has to be atomic. It adds a value to the sum first and counts it last.
   * Reader: one at a time, which Timer sees to. It reads the counts first: so what it counts is in the sum.
   * The counts are of the buckets of the doublings that the thread had values in, and some more. They are copied to grow: a reader of the old ones is only late.
   * After what is written to is a cache line to spare, in the object and in the counts: the collector may put beside them what another thread reads all the time.
   * When a count is full the thread gives the stripe up. That, or the thread's end, is what over() says; the reader then moves what the stripe holds.
   * A sum that passed 2^63 - 1 is negative, reads as 2^63 - 1, and stays so.
   */
  private static final int SPARE = 16;
  private static final int FULL = -1;

  private static final VarHandle COUNT = MethodHandles.arrayElementVarHandle(int[].class);
  private static final VarHandle COUNTS;
  private static final VarHandle SUM;
  private static final VarHandle UNTIMED;
  private static final VarHandle GIVEN_UP;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      COUNTS = lookup.findVarHandle(OwnStripe.class, "counts", Counts.class);
      SUM = lookup.findVarHandle(OwnStripe.class, "sumNanos", long.class);
      UNTIMED = lookup.findVarHandle(OwnStripe.class, "untimed", long.class);
      GIVEN_UP = lookup.findVarHandle(OwnStripe.class, "givenUp", boolean.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** What a reader needs to see together: counts, and the slot of the first of them. */
  record Counts(int first, int[] cells) {
    static final Counts NONE = new Counts(0, new int[0]);

    long get(int i) {
      return Integer.toUnsignedLong((int) COUNT.getAcquire(cells, i));
    }
  }

  private int first; // counts.first, the writer's
  int[] cells = Counts.NONE.cells; // counts.cells, the writer's
  private Counts counts = Counts.NONE;
  private long sumNanos;
  private long untimed;
  private boolean givenUp;

  private OwnStripe(Thread owner) {
    super(owner);
  }

  static OwnStripe of(Thread owner) {
    return new Padded(owner);
  }

  /** Keeps a cache line behind the fields that are written to. */
  private static final class Padded extends OwnStripe {
    @SuppressWarnings("unused")
    private long p0, p1, p2, p3, p4, p5, p6, p7;

    Padded(Thread owner) {
      super(owner);
    }
  }

  /** Counts a value; false, and it does not, when it has no room for it. For the owner. */
  final boolean record(int slot, long nanos) {
    int[] cells = this.cells;
    int cell = slot - first;
    if (cell < 0 || cell >= cells.length) return false;
    int count = cells[cell];
    if (count == FULL) return false;
    long sum = sumNanos + nanos;
    SUM.setOpaque(this, sum < 0 ? Long.MIN_VALUE : sum);
    COUNT.setRelease(cells, cell, count + 1);
    return true;
  }

  /** For the owner. */
  final void recordUntimed() {
    UNTIMED.setOpaque(this, untimed + 1);
  }

  /**
   * Makes a count for this slot if there is none; false when there is no memory. The owner gives
   * the stripe up, and it is false too, when the count is full. For the owner.
   */
  final boolean makeRoom(int slot) {
    int cell = slot - first;
    if (cell < 0 || cell >= cells.length) return grow(slot);
    if (cells[cell] != FULL) return true;
    GIVEN_UP.setRelease(this, true);
    clear();
    return false;
  }

  private boolean grow(int slot) {
    int doubling = slot & -Buckets.PER_DOUBLING;
    boolean none = cells.length == 0;
    int newFirst = none ? doubling : Math.min(first, doubling);
    int end = none ? 0 : first + cells.length - SPARE;
    int newEnd = Math.max(end, doubling + Buckets.PER_DOUBLING);
    Counts grown;
    try {
      grown = new Counts(newFirst, new int[newEnd - newFirst + SPARE]);
    } catch (OutOfMemoryError e) {
      return false;
    }
    System.arraycopy(cells, 0, grown.cells, none ? 0 : first - newFirst, cells.length);
    COUNTS.setRelease(this, grown);
    first = grown.first;
    cells = grown.cells;
    return true;
  }

  @Override
  final boolean over() {
    return (boolean) GIVEN_UP.getAcquire(this) || super.over();
  }

  final long untimed() {
    return (long) UNTIMED.getOpaque(this);
  }

  final long timed() {
    Counts counts = counts();
    long timed = 0;
    for (int i = 0; i < counts.cells.length; i++) timed += counts.get(i);
    return timed;
  }

  private Counts counts() {
    return (Counts) COUNTS.getAcquire(this);
  }

  /** As {@link SharedStripe#addTo}. */
  final long addTo(long[] slots) {
    Counts counts = counts();
    for (int i = 0; i < counts.cells.length; i++) {
      long count = counts.get(i);
      if (count != 0) slots[counts.first + i] += count;
    }
    return sumNanos();
  }

  private long sumNanos() {
    long sum = (long) SUM.getOpaque(this);
    return sum < 0 ? Long.MAX_VALUE : sum;
  }

  /** Moves everything to {@code shared}, once it is over; false when there is no memory for it. */
  final boolean moveTo(SharedStripe shared) {
    Counts counts = counts();
    for (int i = 0; i < counts.cells.length; i++) {
      if (counts.get(i) != 0 && !shared.hasRoom(counts.first + i)) return false;
    }
    for (int i = 0; i < counts.cells.length; i++) {
      if (counts.get(i) != 0) shared.add(counts.first + i, counts.get(i));
    }
    shared.add(sumNanos(), untimed());
    return true;
  }
}
