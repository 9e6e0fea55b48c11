package io.zibrato.meter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HistogramTest {
  @Test
  void plus_mergesSharedAndOwnBuckets() {
    Histogram a = Histogram.of(new int[] {-1, 3, 9}, new long[] {1, 2, 3}, 3);
    Histogram b = Histogram.of(new int[] {0, 3, Buckets.MOST}, new long[] {4, 5, 6}, 3);

    assertThat(a.plus(b))
        .isEqualTo(
            Histogram.of(new int[] {-1, 0, 3, 9, Buckets.MOST}, new long[] {1, 4, 7, 3, 6}, 5))
        .isEqualTo(b.plus(a));
    assertThat(a.plus(Histogram.EMPTY)).isEqualTo(a);
    assertThat(Histogram.EMPTY.plus(Histogram.EMPTY)).isEqualTo(Histogram.EMPTY);
  }

  @Test
  void plus_stopsAtTheMost() {
    Histogram most = Histogram.ofBucket(7, Long.MAX_VALUE);

    assertThat(most.plus(Histogram.ofBucket(7, 1))).isEqualTo(most);
    assertThat(most.plus(Histogram.ofBucket(8, 1)).total()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void minus_undoesPlus() {
    Random random = new Random(7);
    for (int i = 0; i < 200; i++) {
      Histogram a = random(random);
      Histogram b = random(random);
      assertThat(a.plus(b).minus(b)).isEqualTo(a);
      assertThat(a.plus(b).total()).isEqualTo(a.total() + b.total());
    }
  }

  @Test
  void minus_ofTheSameBucketsLeavesOutWhatDidNotGrow() {
    Histogram older = Histogram.ofBucket(1, 3).plus(Histogram.ofBucket(2, 3));
    Histogram newer = Histogram.ofBucket(1, 3).plus(Histogram.ofBucket(2, 5));

    assertThat(newer.minus(older)).isEqualTo(Histogram.ofBucket(2, 2));
    assertThat(newer.minus(newer)).isEqualTo(Histogram.EMPTY);
  }

  @Test
  void minus_takesAShrunkBucketAsUnchanged() {
    Histogram newer = Histogram.of(new int[] {1, 2}, new long[] {5, 1}, 2);
    Histogram older = Histogram.of(new int[] {1, 2, 3}, new long[] {3, 4, 9}, 3);

    assertThat(newer.minus(older)).isEqualTo(Histogram.ofBucket(1, 2));
  }

  @Test
  void quantile_isWithinABucketOfTheTruth() {
    Random random = new Random(11);
    long[] values = random.longs(5_000, 1, 10_000_000_000L).sorted().toArray();
    Histogram histogram = Histogram.EMPTY;
    for (long value : values) histogram = histogram.plus(Histogram.ofOne(value));

    for (double q : new double[] {0.001, 0.25, 0.5, 0.75, 0.9, 0.99, 0.999, 1}) {
      double truth = values[(int) Math.max(0, Math.ceil(q * values.length) - 1)];
      assertThat(histogram.quantileNanos(q)).as("q %s", q).isCloseTo(truth, within(truth * 0.045));
    }
  }

  @Test
  void quantile_ofOneValueStaysInItsBucket() {
    Histogram histogram = Histogram.ofOne(1_000);
    int bucket = Buckets.index(1_000);

    assertThat(histogram.quantileNanos(0)).isEqualTo(Buckets.lowerNanos(bucket));
    assertThat(histogram.quantileNanos(1)).isEqualTo(Buckets.upperNanos(bucket));
    assertThat(histogram.quantileNanos(0.5))
        .isBetween(Buckets.lowerNanos(bucket), Buckets.upperNanos(bucket));
  }

  @Test
  void quantile_ofNothingIsNoNumber() {
    assertThat(Histogram.EMPTY.quantileNanos(0.5)).isNaN();
  }

  @Test
  void quantile_rejectsWhatIsNoShare() {
    for (double q : new double[] {-0.1, 1.1, Double.NaN}) {
      assertThatThrownBy(() -> Histogram.EMPTY.quantileNanos(q))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("" + q);
    }
  }

  @Test
  void of_rejectsWhatIsNoHistogram() {
    assertNone(new int[] {-2}, new long[] {1});
    assertNone(new int[] {Buckets.MOST + 1}, new long[] {1});
    assertNone(new int[] {1}, new long[] {0});
    assertNone(new int[] {1}, new long[] {-1});
    assertNone(new int[] {2, 2}, new long[] {1, 1});
    assertNone(new int[] {2, 1}, new long[] {1, 1});
  }

  private static void assertNone(int[] indexes, long[] counts) {
    assertThatThrownBy(() -> Histogram.of(indexes, counts, indexes.length))
        .as(Arrays.toString(indexes) + Arrays.toString(counts))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Histogram random(Random random) {
    Histogram histogram = Histogram.EMPTY;
    for (int i = random.nextInt(30); i > 0; i--) {
      int bucket = Buckets.LEAST + random.nextInt(60);
      histogram = histogram.plus(Histogram.ofBucket(bucket, 1 + random.nextInt(1000)));
    }
    return histogram;
  }
}
