package io.zibrato.librato;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** A path below {@code /v1} and its query, percent-encoded. */
final class Target {
  private static final String UNRESERVED = "-._~";

  /** Also meant as they are: {@code :} in names of metrics, {@code *} in patterns. */
  private static final String PLAIN_IN_PATH = UNRESERVED + ":";

  private static final String PLAIN_IN_QUERY = UNRESERVED + "*";

  private final StringBuilder text = new StringBuilder("/v1");
  private char separator = '?';

  private Target() {}

  /** An empty segment is refused: a delete without a name may delete more than one metric. */
  static Target of(Object... segments) {
    Target target = new Target();
    for (Object segment : segments) {
      String each = segment.toString();
      if (each.isEmpty()) throw new IllegalArgumentException("a name is empty");
      target.text.append('/').append(encode(each, PLAIN_IN_PATH));
    }
    return target;
  }

  /** A value that is null is left out. */
  Target with(String name, Object value) {
    if (value != null) {
      text.append(separator)
          .append(encode(name, PLAIN_IN_QUERY))
          .append('=')
          .append(encode(value.toString(), PLAIN_IN_QUERY));
      separator = '&';
    }
    return this;
  }

  Target with(List<Map.Entry<String, String>> parameters) {
    parameters.forEach(each -> with(each.getKey(), each.getValue()));
    return this;
  }

  /** A query that is encoded already. */
  Target withEncoded(String query) {
    text.append(separator).append(query);
    return this;
  }

  private static String encode(String value, String plain) {
    StringBuilder encoded = new StringBuilder();
    for (byte each : value.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (each & 0xff);
      boolean letterOrDigit =
          (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (letterOrDigit || plain.indexOf(c) >= 0) {
        encoded.append(c);
      } else {
        encoded.append('%').append(hex(c >> 4)).append(hex(c & 15));
      }
    }
    return encoded.toString();
  }

  private static char hex(int nibble) {
    return Character.toUpperCase(Character.forDigit(nibble, 16));
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
