package io.zibrato.store.points;

/**
 * How long each resolution is kept, in seconds, each at least an hour; {@link #FOREVER} for always.
 */
public record Retention(long raw, long minute, long quarter, long hour) {
  public static final long FOREVER = Long.MAX_VALUE;

  public Retention {
    if (Math.min(Math.min(raw, minute), Math.min(quarter, hour)) < HourKey.SECONDS) {
      throw new IllegalArgumentException(
          "less than an hour: " + raw + ", " + minute + ", " + quarter + ", " + hour);
    }
  }

  /** Everything for always. */
  public static Retention forever() {
    return new Retention(FOREVER, FOREVER, FOREVER, FOREVER);
  }

  private long seconds(Resolution resolution) {
    return switch (resolution) {
      case RAW -> raw;
      case MINUTE -> minute;
      case QUARTER -> quarter;
      case HOUR -> hour;
    };
  }

  /** The first hour that is still kept. */
  long floorHour(Resolution resolution, long nowSeconds) {
    final long kept = seconds(resolution);
    return kept == FOREVER ? 0 : HourKey.hourOf(nowSeconds - kept);
  }
}
