package io.zibrato.backends.prometheus;

import io.zibrato.backends.Totals;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * What the Prometheus worker is told.
 *
 * @param totals where they are kept, and how many
 * @param listen where to be scraped; of this and remoteWrite one is given
 * @param remoteWrite where to send to
 * @param authorization the header's value; empty for none
 * @param timeout of a request of remote-write
 * @param bucketsPerDoubling of classic histograms: 1, 2, 4, 8 or 16
 */
record PrometheusOptions(
    Totals.Settings totals,
    Optional<InetSocketAddress> listen,
    Optional<URI> remoteWrite,
    String authorization,
    Duration timeout,
    int bucketsPerDoubling) {

  /** Without secrets. */
  @Override
  public String toString() {
    return remoteWrite.map(URI::toString).orElse("scrapes");
  }
}
