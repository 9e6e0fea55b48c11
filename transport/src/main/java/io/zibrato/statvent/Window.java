package io.zibrato.statvent;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/** The newest values recorded under one name. Any thread; recording neither waits nor allocates. */
final class Window {
  /*
   * A ring of doubles, as bits. A writer claims the next place, then puts its value there; a place that nobody has written is EMPTY, which no value is. Two
   * writers a whole ring apart may meet in one place, and either value may stay.
   * Whole numbers up to 2^53 are doubles without loss; one beyond makes the window a window of floats.
   */
  private static final long EMPTY = Double.doubleToRawLongBits(Double.NaN);

  private static final class Ring {
    final AtomicLongArray values;
    final AtomicLong next = new AtomicLong();

    Ring(int size) {
      values = new AtomicLongArray(size);
      for (int i = 0; i < size; i++) values.setPlain(i, EMPTY);
    }

    void add(double value) {
      int place = (int) (next.getAndIncrement() % values.length());
      values.setOpaque(place, Double.doubleToRawLongBits(value));
    }

    /** Oldest first. */
    List<Double> values() {
      long end = next.get();
      List<Double> found = new ArrayList<>();
      for (long i = Math.max(0, end - values.length()); i < end; i++) {
        long bits = values.getOpaque((int) (i % values.length()));
        if (bits != EMPTY) found.add(Double.longBitsToDouble(bits));
      }
      return found;
    }
  }

  private final Labeller labeller;
  private volatile Ring ring;
  private volatile boolean fractional;

  Window(Labeller labeller, int size) {
    this.labeller = labeller;
    this.ring = new Ring(size);
  }

  Labeller labeller() {
    return labeller;
  }

  void record(long value) {
    if ((long) (double) value != value || value == Long.MAX_VALUE) {
      recordFraction((double) value);
    } else {
      ring.add(value);
    }
  }

  /** Records what is no NaN and no infinity. */
  void recordFraction(double value) {
    if (!fractional) fractional = true;
    ring.add(value);
  }

  /** Keeps the newest values; one that is recorded meanwhile may be missed. */
  void resize(int size) {
    Ring resized = new Ring(size);
    List<Double> values = ring.values();
    values.subList(Math.max(0, values.size() - size), values.size()).forEach(resized::add);
    ring = resized;
  }

  /** All {@link Long}, or all {@link Double}; rising. */
  List<Number> sorted() {
    double[] values = ring.values().stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(values);
    List<Number> sorted = new ArrayList<>(values.length);
    boolean whole = !fractional;
    for (double value : values) {
      if (whole) sorted.add((long) value);
      else sorted.add(value);
    }
    return sorted;
  }
}
