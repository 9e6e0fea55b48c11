/**
 * The worker for Prometheus: totals to be scraped, or sent by remote-write. What is counted there
 * is {@link io.zibrato.backends.Totals}; here is how it is named and written.
 */
package io.zibrato.backends.prometheus;
