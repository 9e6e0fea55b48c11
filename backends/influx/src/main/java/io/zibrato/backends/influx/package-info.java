/**
 * The worker for InfluxDB: one backend, points in the line protocol, and the times that keep them
 * apart. What all workers share is in {@link io.zibrato.backends}.
 */
package io.zibrato.backends.influx;
