package io.zibrato.backends.librato;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/**
 * What the service answered.
 *
 * @param body the beginning of it
 * @param retryAfterHeader null if there was none
 */
record Reply(int status, String body, String retryAfterHeader) {
  private static final Duration LONGEST = Duration.ofDays(1);

  boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  boolean isUnauthorized() {
    return status == 401 || status == 403;
  }

  /** Whether the same request may be taken later; true for redirects, which are never followed. */
  boolean asksForRetry() {
    return status == 408 || status == 429 || status >= 500 || status < 400;
  }

  /** How long the service wants to be left alone: from nothing, if it does not say, to a day. */
  Duration retryAfter() {
    if (retryAfterHeader == null) return Duration.ZERO;
    String text = retryAfterHeader.strip();
    if (text.matches("\\d{1,9}")) return bounded(Duration.ofSeconds(Long.parseLong(text)));
    try {
      Instant then = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return bounded(Duration.between(Instant.now(), then));
    } catch (DateTimeException e) {
      return Duration.ZERO;
    }
  }

  private static Duration bounded(Duration duration) {
    if (duration.isNegative()) return Duration.ZERO;
    return duration.compareTo(LONGEST) > 0 ? LONGEST : duration;
  }
}
