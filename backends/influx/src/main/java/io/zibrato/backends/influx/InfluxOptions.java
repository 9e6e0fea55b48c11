package io.zibrato.backends.influx;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What the backend is told.
 *
 * @param write where points are posted to, with database or bucket
 * @param place the database or bucket, as messages name it
 * @param authorization the header of that name; empty for none
 * @param tags that all points get
 * @param percentiles the percentiles of each timer that are sent, as the user wrote them
 * @param gzip whether requests are compressed
 * @param timeout how long one request may take in all
 */
record InfluxOptions(
    URI write,
    String place,
    String authorization,
    Map<String, String> tags,
    List<String> percentiles,
    boolean gzip,
    Duration timeout) {

  /** Without the credentials, so that no log can have them. */
  @Override
  public String toString() {
    return "InfluxDB at " + write.getScheme() + "://" + write.getRawAuthority();
  }
}
