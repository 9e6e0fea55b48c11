package io.zibrato.backends.librato;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * What the backend is told.
 *
 * @param url where the API is; {@code /v1/metrics} follows
 * @param username empty for no credentials at all
 * @param percentiles the percentiles of each timer that become gauges of their own, as the user
 *     wrote them
 * @param prefix before every name, with a dot between; empty for none
 * @param timeout how long one request may take in all
 */
record LibratoOptions(
    URI url,
    String username,
    String apiToken,
    List<String> percentiles,
    String prefix,
    Duration timeout) {

  boolean hasCredentials() {
    return !username.isEmpty();
  }

  /** Without the token, so that no log can have it. */
  @Override
  public String toString() {
    return "Librato at " + url + " as " + (hasCredentials() ? username : "nobody");
  }
}
