package io.zibrato.librato;

import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * What a client was built with.
 *
 * @param url without a slash at its end
 * @param tags those of every measurement that says nothing else
 */
record Options(
    String user,
    String token,
    String url,
    long timeoutMillis,
    String userAgent,
    UnaryOperator<String> sanitizer,
    Map<String, String> tags,
    boolean keys,
    RetryPolicy retry) {

  /** Without the token. */
  @Override
  public String toString() {
    return "LibratoClient[" + url + (user.isEmpty() ? "" : ", user " + user) + "]";
  }
}
