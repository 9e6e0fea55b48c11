package io.zibrato.backends.statsd;

import io.zibrato.backends.TimerTotal;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The calls of a timer as samples, each of which stands for some of them.
 *
 * <p>Their number is exact: a daemon divides one by the sample rate, so each sample stands for a
 * power of two of calls, whose rate is a decimal without rest, and the powers add up to the calls.
 * All but the rest of a division stand for equally many, so that a daemon that does not weigh them
 * finds the same percentiles. The values are the histogram's, evenly by rank, and at most a bucket,
 * 4.4 %, off; the first is the least and the last the most. Those between are moved so that all
 * come to the sum that was measured, as far as a bucket's width lets them.
 */
final class TimerSamples {
  private static final double BUCKET = 0.044;
  private static final String[] RATES = new String[Long.SIZE - 1];

  static {
    for (int power = 0; power < RATES.length; power++) {
      RATES[power] = new BigDecimal(BigInteger.valueOf(5).pow(power), power).toPlainString();
    }
  }

  /**
   * Some calls.
   *
   * @param nanos what each of them took
   * @param power there are 2^power of them
   */
  record Sample(long nanos, int power) {
    long calls() {
      return 1L << power;
    }

    /** In milliseconds. */
    String value() {
      BigDecimal millis = BigDecimal.valueOf(nanos, 6);
      return millis.signum() == 0 ? "0" : millis.stripTrailingZeros().toPlainString();
    }

    /** The sample rate with what comes before it; empty for one. */
    String rate() {
      return power == 0 ? "" : "|@" + RATES[power];
    }
  }

  private TimerSamples() {}

  /**
   * The samples of a timer of which at least one call was timed, rising.
   *
   * @param most how many may stand for equally many calls
   */
  static List<Sample> of(TimerTotal timer, int most) {
    int[] powers = powers(timer.count(), most);
    long[] nanos = new long[powers.length];
    double below = 0;
    for (int i = 0; i < powers.length; i++) {
      double calls = 1L << powers[i];
      double rank = Math.min(1, (below + calls / 2) / timer.count());
      nanos[i] = within(timer, timer.histogram().quantileNanos(rank));
      below += calls;
    }
    if (nanos.length > 0) nanos[nanos.length - 1] = timer.mostNanos();
    if (nanos.length > 1) nanos[0] = timer.leastNanos();
    if (nanos.length > 2) meetSum(timer, powers, nanos);
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < nanos.length; i++) samples.add(new Sample(nanos[i], powers[i]));
    return samples;
  }

  /** Of two whose powers add up to the calls; the smallest come last. */
  private static int[] powers(long calls, int most) {
    int power = 0;
    while (calls >> power > most) power++;
    int whole = (int) (calls >> power);
    long rest = calls - ((long) whole << power);
    int[] powers = new int[whole + Long.bitCount(rest)];
    Arrays.fill(powers, 0, whole, power);
    for (int i = powers.length - 1; rest != 0; i--) {
      powers[i] = Long.numberOfTrailingZeros(rest);
      rest &= rest - 1;
    }
    return powers;
  }

  private static void meetSum(TimerTotal timer, int[] powers, long[] nanos) {
    int last = nanos.length - 1;
    double ends =
        (double) nanos[0] * (1L << powers[0]) + (double) nanos[last] * (1L << powers[last]);
    double between = 0;
    for (int i = 1; i < last; i++) between += (double) nanos[i] * (1L << powers[i]);
    double sum = (double) timer.sumNanos() * timer.count() / timer.timed();
    if (between == 0) return;
    double share = (sum - ends) / between;
    double factor = Math.max(1 - BUCKET, Math.min(1 + BUCKET, share));
    for (int i = 1; i < last; i++) nanos[i] = within(timer, nanos[i] * factor);
  }

  private static long within(TimerTotal timer, double nanos) {
    return Math.max(timer.leastNanos(), Math.min(timer.mostNanos(), Math.round(nanos)));
  }
}
