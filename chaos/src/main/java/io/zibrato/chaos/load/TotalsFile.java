package io.zibrato.chaos.load;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What an application counted, in a file that is mapped into memory, so that it is there, to the
 * last count, however the process ends; and how it stood each tenth of a second.
 *
 * <p>Each thread has cells of its own, and adds before it makes the call: so the file never has
 * less than what was measured, and at most one call a thread more.
 */
public final class TotalsFile {
  /** How many threads may add. */
  public static final int THREADS = 2;

  private static final int MEASURED = Measured.values().length;
  private static final int VIOLATIONS = 0;
  private static final int LEFT = 1;
  private static final int SAMPLES = 2;
  private static final int CELLS = 8;
  private static final int RING = CELLS + MEASURED * THREADS;
  private static final int RING_ENTRIES = 8192;
  private static final int ENTRY = 1 + MEASURED;
  private static final int LONGS = RING + RING_ENTRIES * ENTRY;
  private static final VarHandle AT =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final ByteBuffer bytes;

  private TotalsFile(ByteBuffer bytes) {
    this.bytes = bytes;
  }

  /** A new one, of nothing. */
  public static TotalsFile create(Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE)) {
      return new TotalsFile(channel.map(FileChannel.MapMode.READ_WRITE, 0, 8L * LONGS));
    }
  }

  /**
   * One that an application writes, or wrote.
   *
   * @return null while it is not whole
   */
  public static TotalsFile read(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      if (channel.size() < 8L * LONGS) return null;
      return new TotalsFile(channel.map(FileChannel.MapMode.READ_ONLY, 0, 8L * LONGS));
    }
  }

  private long get(int index) {
    return (long) AT.getAcquire(bytes, 8 * index);
  }

  private void set(int index, long value) {
    AT.setRelease(bytes, 8 * index, value);
  }

  /** For the thread of that number alone. */
  void add(Measured measured, int thread, long n) {
    int cell = CELLS + measured.ordinal() * THREADS + thread;
    set(cell, get(cell) + n);
  }

  /** Keeps how the totals stand. For one thread alone. */
  void sample() {
    long samples = get(SAMPLES);
    int entry = entry(samples);
    set(entry, System.nanoTime());
    for (Measured each : Measured.values()) set(entry + 1 + each.ordinal(), total(each));
    set(SAMPLES, samples + 1);
  }

  private static int entry(long sample) {
    return RING + (int) (sample % RING_ENTRIES) * ENTRY;
  }

  /** An application's thread was where it must never be. For one thread alone. */
  void violation() {
    set(VIOLATIONS, violations() + 1);
  }

  public long violations() {
    return get(VIOLATIONS);
  }

  /** The application ends as it should, and adds no more. */
  void leaves() {
    set(LEFT, 1);
  }

  /** Whether the application ended as it should. */
  public boolean left() {
    return get(LEFT) == 1;
  }

  public long total(Measured measured) {
    long total = 0;
    for (int thread = 0; thread < THREADS; thread++) {
      total += get(CELLS + measured.ordinal() * THREADS + thread);
    }
    return total;
  }

  /**
   * The total at a time of {@link System#nanoTime}, which all processes of one machine share: never
   * more than it was then.
   */
  public long totalAt(Measured measured, long nanos) {
    long samples = get(SAMPLES);
    for (long i = samples - 1; i >= Math.max(0, samples - RING_ENTRIES); i--) {
      if (get(entry(i)) - nanos <= 0) return get(entry(i) + 1 + measured.ordinal());
    }
    return 0;
  }
}
