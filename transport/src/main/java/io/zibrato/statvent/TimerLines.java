package io.zibrato.statvent;

import io.zibrato.meter.Histogram;
import io.zibrato.meter.TimerReading;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is listed of a timer: calls and seconds, and, once a call was timed, percentiles and the
 * mean in milliseconds, since the process began.
 *
 * <p>Percentiles come from the timer's histogram, by rank ({@link Histogram#quantileNanos}), and
 * are off by at most 4.4 %. The mean is exact.
 */
public final class TimerLines {
  /** The suffix that comes first; what is before it is the timer's name. */
  public static final String COUNT = ".count";

  private static final double NANOS_PER_SECOND = 1e9;
  private static final double NANOS_PER_MILLI = 1e6;
  private static final String[] SUFFIXES = {".median_ms", ".95th_ms", ".99th_ms", ".100th_ms"};
  private static final double[] QUANTILES = {0.5, 0.95, 0.99, 1};

  private TimerLines() {}

  /** Numbers by suffix of the timer's name, in the order in which they are listed. */
  public static Map<String, Number> of(TimerReading reading) {
    Map<String, Number> numbers = new LinkedHashMap<>();
    numbers.put(COUNT, reading.count());
    numbers.put(".seconds", reading.sumNanos() / NANOS_PER_SECOND);
    Histogram histogram = reading.histogram();
    long timed = histogram.total();
    if (timed == 0) return numbers;
    for (int i = 0; i < SUFFIXES.length; i++) {
      numbers.put(SUFFIXES[i], histogram.quantileNanos(QUANTILES[i]) / NANOS_PER_MILLI);
    }
    numbers.put(".mean_ms", reading.sumNanos() / (double) timed / NANOS_PER_MILLI);
    return numbers;
  }
}
