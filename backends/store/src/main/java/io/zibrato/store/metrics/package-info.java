/**
 * {@code /v1/metrics}: what is submitted, how it is kept, how it is read. Start reading at {@link
 * io.zibrato.store.metrics.MetricEndpoints}.
 */
package io.zibrato.store.metrics;
