package io.zibrato.backends.exec;

import io.zibrato.backends.DeliveryException;
import io.zibrato.backends.RefusedException;
import io.zibrato.backends.RetryException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the program says of a line: {@code ok}, {@code retry [SECONDS] [WHY]} or {@code refused
 * [WHY]}.
 */
final class Answer {
  private static final Pattern RETRY =
      Pattern.compile("retry(?: +([0-9]+))?(?: +(.*))?", Pattern.DOTALL);
  private static final Pattern REFUSED = Pattern.compile("refused(?: +(.*))?", Pattern.DOTALL);
  private static final int MOST_DIGITS = 9; // many years, of which the worker waits an hour

  private Answer() {}

  /**
   * Returns if the program took the line.
   *
   * @throws IllegalArgumentException if the answer is none of the three
   */
  static void check(String answer) throws DeliveryException {
    String text = answer.strip();
    if (text.equals("ok")) return;
    Matcher retry = RETRY.matcher(text);
    if (retry.matches()) {
      throw new RetryException(said(text), seconds(retry.group(1)), false, null);
    }
    Matcher refused = REFUSED.matcher(text);
    if (refused.matches()) throw new RefusedException(said(text));
    throw new IllegalArgumentException(said(text) + "; ok, retry or refused was to come");
  }

  private static Duration seconds(String digits) {
    if (digits == null) return Duration.ZERO;
    boolean tooMany = digits.length() > MOST_DIGITS;
    return Duration.ofSeconds(Long.parseLong(tooMany ? "9".repeat(MOST_DIGITS) : digits));
  }

  private static String said(String text) {
    return "the program answered \"" + text + '"';
  }
}
