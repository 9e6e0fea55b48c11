/**
 * The worker for StatsD: one backend, an encoder of lines and their packing, and the ways over UDP
 * and TCP. What all workers share is in {@link io.zibrato.backends}.
 */
package io.zibrato.backends.statsd;
