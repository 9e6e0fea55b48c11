package io.zibrato.meter;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * A cumulative count, sum and histogram of durations, and the least and the most of the current
 * window. The sum stops at 2^63 - 1 ns.
 *
 * <p>Recording: any thread; never blocks or throws, and allocates only when a thread, or a duration
 * between two powers of two, is new to it. While the level is unwanted nothing is recorded.
 * Reading: any thread, but one for the window, the publisher's, because reading that ends it.
 *
 * <p>{@code Publisher} sends what is read.
 */
public final class Timer extends ThreadPlaces<OwnStripe> implements Meter {
  /*
   * The first few threads have a stripe of their own, in the places that a timer is, where nothing has to be atomic; others, and all virtual threads, share some. A reader moves
   * what it finds in the stripe of a thread that has ended, which makes room for another thread's.
   * Readers lock each other out, never a writer.
   * least and most are of the window: a value is in them before it is counted, and the reader takes them and sets them back, after it read the counts. So whatever it counts is
   * in this window's, or was in an earlier one's.
   */
  private static final int OWN = 8;
  private static final int SHARED = 2;

  /** What a reader adds stripes up in; guarded by itself, and all 0 while nobody reads. */
  private static final long[] SLOTS = new long[SharedStripe.SLOTS];

  private static final int[] INDEXES = new int[SharedStripe.SLOTS]; // guarded by SLOTS

  private static final VarHandle SHARED_STRIPE =
      MethodHandles.arrayElementVarHandle(SharedStripe[].class);
  private static final VarHandle LEAST;
  private static final VarHandle MOST;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      LEAST = lookup.findVarHandle(Timer.class, "leastNanos", long.class);
      MOST = lookup.findVarHandle(Timer.class, "mostNanos", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final int id;
  private final Series series;
  private final Level level;
  private final SharedStripe[] shared = new SharedStripe[SHARED];
  private long leastNanos = Long.MAX_VALUE;
  private long mostNanos = -1;

  Timer(int id, Series series, Level level) {
    super(OWN, OwnStripe::of);
    this.id = id;
    this.series = series;
    this.level = level;
    shared[0] = new SharedStripe();
  }

  /** Records one duration in nanoseconds. A negative one is taken as 0. */
  public void record(long nanos) {
    if (level.wanted()) recordWanted(nanos);
  }

  /** Records one duration, whether or not the level is wanted: for those who have asked. */
  public void recordWanted(long nanos) {
    if (nanos < 0) nanos = 0;
    if (nanos < (long) LEAST.getOpaque(this) || nanos > (long) MOST.getOpaque(this)) widen(nanos);
    int slot = Buckets.slot(nanos);
    OwnStripe near = near();
    if (near == null || !near.record(slot, nanos)) recordElsewhere(slot, nanos);
  }

  private void recordElsewhere(int slot, long nanos) {
    OwnStripe mine = mine();
    if (mine == null || !mine.makeRoom(slot) || !mine.record(slot, nanos)) {
      shared().record(slot, nanos);
    }
  }

  /** Counts a call that was not timed, as sampling leaves them. */
  public void recordUntimed() {
    if (!level.wanted()) return;
    OwnStripe mine = mine();
    if (mine != null) mine.recordUntimed();
    else shared().recordUntimed();
  }

  private SharedStripe shared() {
    int number = (int) Thread.currentThread().getId() & (SHARED - 1);
    SharedStripe stripe = shared[number];
    return stripe != null ? stripe : share(number);
  }

  /** Makes the stripe; where there is no memory for it, the first one serves. */
  private SharedStripe share(int number) {
    try {
      SHARED_STRIPE.compareAndSet(shared, number, null, new SharedStripe());
    } catch (OutOfMemoryError e) {
      return shared[0];
    }
    return (SharedStripe) SHARED_STRIPE.getVolatile(shared, number);
  }

  private void widen(long nanos) {
    long least;
    do {
      least = (long) LEAST.getVolatile(this);
    } while (nanos < least && !LEAST.weakCompareAndSet(this, least, nanos));
    long most;
    do {
      most = (long) MOST.getVolatile(this);
    } while (nanos > most && !MOST.weakCompareAndSet(this, most, nanos));
  }

  /**
   * All calls since the process began, timed or not; what {@link #read} would say, without its
   * cost.
   */
  public synchronized long count() {
    moveWhatIsOver();
    long count = 0;
    for (int i = 0; i < OWN; i++) {
      OwnStripe stripe = at(i);
      if (stripe != null) count += stripe.timed() + stripe.untimed();
    }
    for (int i = 0; i < SHARED; i++) {
      SharedStripe stripe = (SharedStripe) SHARED_STRIPE.getVolatile(shared, i);
      if (stripe != null) count += stripe.timed() + stripe.untimed();
    }
    return count;
  }

  /** What was recorded since the process began. */
  public synchronized TimerReading read() {
    moveWhatIsOver();
    synchronized (SLOTS) {
      try {
        return readStripes();
      } finally {
        Arrays.fill(SLOTS, 0);
      }
    }
  }

  private TimerReading readStripes() {
    long sumNanos = 0;
    long untimed = 0;
    for (int i = 0; i < OWN; i++) {
      OwnStripe stripe = at(i);
      if (stripe == null) continue;
      sumNanos = sum(sumNanos, stripe.addTo(SLOTS));
      untimed += stripe.untimed();
    }
    for (int i = 0; i < SHARED; i++) {
      SharedStripe stripe = (SharedStripe) SHARED_STRIPE.getVolatile(shared, i);
      if (stripe == null) continue;
      sumNanos = sum(sumNanos, stripe.addTo(SLOTS));
      untimed += stripe.untimed();
    }
    return reading(sumNanos, untimed);
  }

  private static long sum(long a, long b) {
    return a + b < 0 ? Long.MAX_VALUE : a + b;
  }

  private void moveWhatIsOver() {
    for (int i = 0; i < OWN; i++) {
      OwnStripe stripe = at(i);
      if (stripe != null && stripe.over() && stripe.moveTo(shared[0])) free(i);
    }
  }

  /** What is in SLOTS, which is moved together. */
  private static TimerReading reading(long sumNanos, long untimed) {
    int size = 0;
    long timed = 0;
    for (int slot = 0; slot < SLOTS.length; slot++) {
      long count = SLOTS[slot];
      if (count == 0) continue;
      timed += count;
      SLOTS[size] = count;
      INDEXES[size++] = slot + Buckets.LEAST;
    }
    return new TimerReading(timed + untimed, sumNanos, Histogram.of(INDEXES, SLOTS, size));
  }

  /** The least nanoseconds since this was last asked, or 0 if there were none. */
  public long takeLeastNanos() {
    long least = (long) LEAST.getAndSet(this, Long.MAX_VALUE);
    return least == Long.MAX_VALUE ? 0 : least;
  }

  /** The most nanoseconds since this was last asked, or 0 if there were none. */
  public long takeMostNanos() {
    return Math.max(0, (long) MOST.getAndSet(this, -1L));
  }

  @Override
  public int id() {
    return id;
  }

  @Override
  public Series series() {
    return series;
  }

  @Override
  public Level level() {
    return level;
  }
}
