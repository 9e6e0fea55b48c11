package io.zibrato.backends;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;

/**
 * What a service answered over HTTP.
 *
 * @param body its beginning; the caller's alone
 * @param retryAfter the header of that name; null where it was not there
 */
public record HttpAnswer(int status, byte[] body, String retryAfter) {
  private static final int MAX_TOLD = 500;
  private static final Duration LONGEST_PAUSE = Duration.ofDays(1);

  /** Whether the service took what was sent. */
  public boolean isSuccess() {
    return status / 100 == 2;
  }

  /** Whether it does not know us, or does not let us in. */
  public boolean isForbidden() {
    return status == 401 || status == 403;
  }

  /** Whether the same request may be taken later; true for redirects, which are not followed. */
  public boolean isForLater() {
    return status == 408 || status == 429 || status >= 500 || status < 200 || status / 100 == 3;
  }

  /** How long the service asks to be left alone, at most a day; zero where it does not say. */
  public Duration pause() {
    return pause(Clock.systemUTC());
  }

  Duration pause(Clock clock) {
    if (retryAfter == null) return Duration.ZERO;
    String text = retryAfter.strip();
    Duration asked = Duration.ZERO;
    if (text.matches("[0-9]{1,9}")) {
      asked = Duration.ofSeconds(Long.parseLong(text));
    } else {
      try {
        Instant then = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text));
        asked = Duration.between(clock.instant(), then);
      } catch (DateTimeException e) {
        // What cannot be read says nothing.
      }
    }
    if (asked.isNegative()) return Duration.ZERO;
    return asked.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : asked;
  }

  /** The body as text. */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** The status, and what of the body a log can have. */
  @Override
  public String toString() {
    String text = text().replaceAll("\\p{Cntrl}+", " ").strip();
    return "[" + status + "] " + text.substring(0, Math.min(text.length(), MAX_TOLD));
  }
}
