package io.zibrato.store.points;

/** The key of a row of packed points: the series, and the hour since 1970. */
final class HourKey {
  static final long SECONDS = 3600;
  private static final int HOUR_BITS = 22;

  private HourKey() {}

  static long of(long series, long hour) {
    return series << HOUR_BITS | hour;
  }

  /** Past the last key of a series. */
  static long end(long series) {
    return series + 1 << HOUR_BITS;
  }

  static long series(long key) {
    return key >>> HOUR_BITS;
  }

  static long hour(long key) {
    return key & (1L << HOUR_BITS) - 1;
  }

  /** The hour of a time that is not before 1970; at most the last there is a key for. */
  static long hourOf(long time) {
    return Math.min(Math.max(0, Math.floorDiv(time, SECONDS)), (1L << HOUR_BITS) - 1);
  }
}
