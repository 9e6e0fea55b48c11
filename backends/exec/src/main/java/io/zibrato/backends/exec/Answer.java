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
  private static final Pattern RETRY = Pattern.compile("retry(?: +(\\d{1,5}))?(?: +(.*))?");
  private static final Pattern REFUSED = Pattern.compile("refused(?: +(.*))?");

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
      long seconds = retry.group(1) == null ? 0 : Long.parseLong(retry.group(1));
      throw new RetryException(said(text), Duration.ofSeconds(seconds), false, null);
    }
    Matcher refused = REFUSED.matcher(text);
    if (refused.matches()) throw new RefusedException(said(text));
    throw new IllegalArgumentException(said(text) + "; ok, retry or refused was to come");
  }

  private static String said(String text) {
    return "the program answered \"" + text + '"';
  }
}
