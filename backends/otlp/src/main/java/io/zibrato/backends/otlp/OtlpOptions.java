package io.zibrato.backends.otlp;

import io.zibrato.backends.Totals;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/**
 * What the backend is told.
 *
 * @param metrics where metrics are posted to
 * @param json whether as JSON, and not as protobuf
 * @param headers sent with each request
 * @param resource the attributes of the resource that all metrics are of
 * @param gzip whether requests are compressed
 * @param timeout how long one request may take in all
 */
record OtlpOptions(
    Totals.Settings totals,
    URI metrics,
    boolean json,
    Map<String, String> headers,
    Map<String, String> resource,
    boolean gzip,
    Duration timeout) {

  /** Without the headers, so that no log can have them. */
  @Override
  public String toString() {
    return "OTLP at " + metrics.getScheme() + "://" + metrics.getRawAuthority();
  }
}
