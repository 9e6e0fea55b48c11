package io.zibrato.librato;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;

/** Reads the header {@code Retry-After}: seconds, or a date. */
final class RetryAfter {
  static final long UNKNOWN = -1;

  private RetryAfter() {}

  /** From now on; {@link #UNKNOWN} where the header is not there or cannot be read. */
  static long seconds(String header, Clock clock) {
    if (header == null) return UNKNOWN;
    String text = header.strip();
    if (text.matches("[0-9]{1,9}")) return Long.parseLong(text);
    try {
      Instant then = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text));
      Duration until = Duration.between(clock.instant(), then);
      return until.isNegative() ? 0 : until.plusMillis(999).toSeconds();
    } catch (DateTimeException e) {
      return UNKNOWN;
    }
  }
}
