package io.zibrato.librato;

import java.util.regex.Pattern;

/** What names of metrics the API takes: 1 to 255 of {@code A-Za-z0-9.:-_}, in whatever case. */
public final class MetricNames {
  private static final int MAX_LENGTH = 255;
  private static final Pattern OTHERS = Pattern.compile("[^A-Za-z0-9.:_-]+");

  private MetricNames() {}

  /**
   * Makes a name that the API takes: each run of other characters becomes one {@code -}, and what
   * is beyond 255 is cut. Two names may become one. For {@link LibratoClientBuilder#sanitizer}.
   */
  public static String sanitizeMetricName(String name) {
    String clean = OTHERS.matcher(name).replaceAll("-");
    return clean.length() > MAX_LENGTH ? clean.substring(0, MAX_LENGTH) : clean;
  }
}
