package io.zibrato.meter;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Buckets against whole-number arithmetic: v is in bucket i when 2^i < v^16 <= 2^(i+1). */
class BucketsTest {
  @Test
  void index_isExactAtEveryBoundAndItsNeighbours() {
    for (int bucket = Buckets.LEAST; bucket <= Buckets.MOST; bucket++) {
      BigInteger bound = floorOfUpper(bucket);
      for (int offset = -2; offset <= 2; offset++) {
        BigInteger value = bound.add(BigInteger.valueOf(offset));
        if (value.signum() <= 0 || value.bitLength() > 63) continue;
        assertIn(Buckets.index(value.longValueExact()), value);
      }
    }
  }

  @Test
  void index_isExactAnywhere() {
    Random random = new Random(20261121);
    for (int i = 0; i < 20_000; i++) {
      long value = random.nextLong() >>> (1 + random.nextInt(62));
      if (value > 0) assertIn(Buckets.index(value), BigInteger.valueOf(value));
    }
  }

  @Test
  void index_isExactForAllSmallValues() {
    for (long value = 1; value < 5_000; value++) {
      assertIn(Buckets.index(value), BigInteger.valueOf(value));
    }
  }

  @Test
  void index_atTheEnds() {
    assertThat(Buckets.index(Long.MIN_VALUE)).isEqualTo(Buckets.LEAST);
    assertThat(Buckets.index(-1)).isEqualTo(Buckets.LEAST);
    assertThat(Buckets.index(0)).isEqualTo(Buckets.LEAST);
    assertThat(Buckets.index(1)).isEqualTo(Buckets.LEAST);
    assertThat(Buckets.index(2)).isEqualTo(15);
    assertThat(Buckets.index(Long.MAX_VALUE)).isEqualTo(Buckets.MOST);
  }

  @Test
  void bounds_meetAndHoldTheirValues() {
    for (int bucket = Buckets.LEAST; bucket < Buckets.MOST; bucket++) {
      assertThat(Buckets.upperNanos(bucket)).isEqualTo(Buckets.lowerNanos(bucket + 1));
    }
    assertThat(Buckets.lowerNanos(0)).isEqualTo(1);
    assertThat(Buckets.upperNanos(15)).isEqualTo(2);
  }

  private static void assertIn(int bucket, BigInteger value) {
    BigInteger power = value.pow(Buckets.PER_DOUBLING);
    boolean above = bucket < 0 || power.compareTo(BigInteger.TWO.pow(bucket)) > 0;
    boolean atMost = power.compareTo(BigInteger.TWO.pow(bucket + 1)) <= 0;

    assertThat(above && atMost).as("%s in bucket %s", value, bucket).isTrue();
  }

  /** The largest whole v with v^16 <= 2^(bucket+1). */
  private static BigInteger floorOfUpper(int bucket) {
    BigInteger target = BigInteger.TWO.pow(bucket + 1);
    return target.sqrt().sqrt().sqrt().sqrt();
  }
}
