package io.zibrato.backends.statsd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.zibrato.backends.SeriesKey;
import io.zibrato.backends.TimerTotal;
import io.zibrato.backends.statsd.TimerSamples.Sample;
import io.zibrato.meter.Buckets;
import io.zibrato.meter.Histogram;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimerSamplesTest {
  private static TimerTotal timer(long... nanos) {
    Histogram histogram = Histogram.EMPTY;
    for (long each : nanos) histogram = histogram.plus(Histogram.ofOne(each));
    return new TimerTotal(
        new SeriesKey("t", "s"),
        nanos.length,
        Arrays.stream(nanos).sum(),
        Arrays.stream(nanos).min().orElse(0),
        Arrays.stream(nanos).max().orElse(0),
        histogram);
  }

  private static TimerTotal inOneBucket(long count) {
    return new TimerTotal(
        new SeriesKey("t", "s"),
        count,
        1000,
        1000,
        1000,
        Histogram.ofBucket(Buckets.index(1000), count));
  }

  /** As daemons do it: one divided by the rate that stands there, in doubles. */
  @ParameterizedTest
  @ValueSource(
      longs = {1, 2, 3, 49, 99, 100, 101, 127, 1000, 99_999, 1_000_000, (1L << 53) - 1, 1L << 53})
  void of_addsUpToTheCalls(long count) {
    List<Sample> samples = TimerSamples.of(inOneBucket(count), 100);

    double calls = 0;
    for (Sample sample : samples) {
      String rate = sample.rate();
      calls += rate.isEmpty() ? 1 : 1 / Double.parseDouble(rate.substring(2));
      assertThat(rate).matches("|\\|@0\\.\\d+");
    }
    assertThat(calls).isEqualTo((double) count);
    assertThat(samples).hasSizeLessThanOrEqualTo(100 + 63);
  }

  @Test
  void of_theMostCalls() {
    List<Sample> samples = TimerSamples.of(inOneBucket(Long.MAX_VALUE), 1);

    assertThat(samples.stream().mapToLong(Sample::calls).sum()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void of_fewCallsAreThemselves() {
    assertThat(TimerSamples.of(timer(5), 100)).containsExactly(new Sample(5, 0));
    assertThat(TimerSamples.of(timer(5, 7_000_000), 100))
        .containsExactly(new Sample(5, 0), new Sample(7_000_000, 0));
    assertThat(TimerSamples.of(timer(0), 100)).containsExactly(new Sample(0, 0));
  }

  @Test
  void of_keepsEndsPercentilesAndSum() {
    Random random = new Random(1);
    long[] nanos = new long[10_000];
    for (int i = 0; i < nanos.length; i++) nanos[i] = (long) Math.exp(8 + 6 * random.nextDouble());
    Arrays.sort(nanos);

    List<Sample> samples = TimerSamples.of(timer(nanos), 100);

    assertThat(samples.get(0).nanos()).isEqualTo(nanos[0]);
    assertThat(samples.get(samples.size() - 1).nanos()).isEqualTo(nanos[9_999]);
    assertThat(samples).isSortedAccordingTo((a, b) -> Long.compare(a.nanos(), b.nanos()));
    // Not weighed, as npm's daemon does it.
    for (int percent : new int[] {10, 50, 90}) {
      double found = samples.get(samples.size() * percent / 100).nanos();
      double real = nanos[nanos.length * percent / 100];
      assertThat(found).isCloseTo(real, Offset.offset(0.15 * real));
    }
    double sum = samples.stream().mapToDouble(each -> (double) each.nanos() * each.calls()).sum();
    double real = Arrays.stream(nanos).sum();
    assertThat(sum).isCloseTo(real, within(real / 1000));
  }

  @Test
  void of_untimedCallsAreLikeTheTimedOnes() {
    TimerTotal sampled = new TimerTotal(new SeriesKey("t", ""), 64, 5, 5, 5, Histogram.ofOne(5));

    assertThat(TimerSamples.of(sampled, 10)).allMatch(each -> each.nanos() == 5);
    assertThat(TimerSamples.of(sampled, 10).stream().mapToLong(Sample::calls).sum()).isEqualTo(64);
  }

  @Test
  void value_isInMilliseconds() {
    assertThat(new Sample(1, 0).value()).isEqualTo("0.000001");
    assertThat(new Sample(0, 0).value()).isEqualTo("0");
    assertThat(new Sample(2_500_000, 0).value()).isEqualTo("2.5");
    assertThat(new Sample(Long.MAX_VALUE, 0).value()).isEqualTo("9223372036854.775807");
    assertThat(new Sample(100_000_000, 0).value()).isEqualTo("100");
  }
}
