package io.zibrato.backends.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.zibrato.meter.Histogram;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassicBucketsTest {
  /** Each value is in the bucket whose bounds it lies between. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8, 16})
  void counts_areExact(int perDoubling) {
    ClassicBuckets buckets = new ClassicBuckets(perDoubling);
    double[] bounds = buckets.upperSeconds();
    assertThat(bounds).hasSize(26 * perDoubling + 2);
    for (long nanos = 0; nanos < 1L << 40; nanos += 1 + nanos / 50) {
      long[] counts = buckets.counts(Histogram.ofOne(nanos));
      int bucket = 0;
      while (nanos / 1e9 > bounds[bucket]) bucket++;
      assertThat(counts[bucket]).as("%s ns", nanos).isEqualTo(1);
    }
    for (int power = 0; power < 63; power++) {
      long nanos = 1L << power;
      int bucket = 0;
      while (nanos / 1e9 > bounds[bucket]) bucket++;
      assertThat(buckets.counts(Histogram.ofOne(nanos))[bucket]).isEqualTo(1);
    }
  }
}
