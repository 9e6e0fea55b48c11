package io.zibrato.backends;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A closed interval, or a part of one: what one {@link Backend#flush} delivers. Immutable.
 *
 * @param id rises by one with every interval of a worker; the parts of one interval share it
 * @param startMillis epoch milliseconds at which the interval was opened
 * @param endMillis epoch milliseconds at which it was closed; the time of counters and timers
 * @param counters one a series
 * @param timers one a series
 * @param gauges each value on its own, in the order they came
 */
public record Snapshot(
    long id,
    long startMillis,
    long endMillis,
    List<CounterTotal> counters,
    List<TimerTotal> timers,
    List<GaugeValue> gauges) {
  private static final int SAMPLE = 100;

  public Snapshot {
    counters = List.copyOf(counters);
    timers = List.copyOf(timers);
    gauges = List.copyOf(gauges);
  }

  /** The number of measurements. */
  public int size() {
    return counters.size() + timers.size() + gauges.size();
  }

  public boolean isEmpty() {
    return size() == 0;
  }

  /** All measurements: counters, then timers, then gauges. */
  public List<Measurement> measurements() {
    List<Measurement> all = new ArrayList<>(size());
    all.addAll(counters);
    all.addAll(timers);
    all.addAll(gauges);
    return all;
  }

  /**
   * Tells this snapshot from all others, in 32 hexadecimal digits: for services that know what they
   * took by a key. The same when it is delivered again, also by the worker after this one; but its
   * halves, after a refusal, have their own.
   */
  public String fingerprint() {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(SnapshotCodec.encode(this));
      return HexFormat.of().formatHex(digest, 0, 16);
    } catch (NoSuchAlgorithmException e) { // every JDK has it
      throw new IllegalStateException(e);
    }
  }

  /** In parts of at most {@code most} measurements, in the order of {@link #measurements}. */
  List<Snapshot> batches(int most) {
    List<Snapshot> batches = new ArrayList<>();
    for (int from = 0; from < size(); from += most) {
      batches.add(part(from, Math.min(size(), from + most)));
    }
    return batches;
  }

  /** In two parts, the first at most one shorter; needs two measurements. */
  List<Snapshot> halves() {
    int middle = size() / 2;
    return List.of(part(0, middle), part(middle, size()));
  }

  private Snapshot part(int from, int to) {
    int timersFrom = counters.size();
    int gaugesFrom = timersFrom + timers.size();
    return new Snapshot(
        id,
        startMillis,
        endMillis,
        part(counters, from, to),
        part(timers, from - timersFrom, to - timersFrom),
        part(gauges, from - gaugesFrom, to - gaugesFrom));
  }

  private static <T> List<T> part(List<T> list, int from, int to) {
    int end = Math.max(0, Math.min(to, list.size()));
    return list.subList(Math.max(0, Math.min(from, end)), end);
  }

  /** Of many measurements, from a sample: looking at each would be most of a flush's work. */
  long approximateBytes() {
    List<Measurement> all = measurements();
    int step = 1 + all.size() / SAMPLE;
    long bytes = 0;
    int looked = 0;
    for (int i = 0; i < all.size(); i += step) {
      bytes += all.get(i).approximateBytes();
      looked++;
    }
    return 64 + bytes * all.size() / Math.max(1, looked);
  }
}
