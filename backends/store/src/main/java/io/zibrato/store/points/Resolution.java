package io.zibrato.store.points;

/** How finely points are kept. Each resolution divides the next. */
public enum Resolution {
  RAW(1, "hour_raw"),
  MINUTE(60, "hour_60"),
  QUARTER(900, "hour_900"),
  HOUR(3600, "hour_3600");

  private final long seconds;
  private final String table;

  Resolution(long seconds, String table) {
    this.seconds = seconds;
    this.table = table;
  }

  /** The length of a point's span. */
  public long seconds() {
    return seconds;
  }

  /** Where its points are: one row for each series and hour that has any. */
  String table() {
    return table;
  }

  long start(long time) {
    return time - Math.floorMod(time, seconds);
  }
}
