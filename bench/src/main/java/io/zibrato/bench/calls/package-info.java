/**
 * What one call costs: floors written by hand, annotated methods woven both ways, and gauges by
 * calls. The peers that they stand beside are in {@code io.zibrato.bench.peers}.
 */
package io.zibrato.bench.calls;
