/**
 * The worker for OTLP, OpenTelemetry's protocol: one backend, metrics over HTTP in protobuf or
 * JSON. What all workers share is in {@link io.zibrato.backends}.
 */
package io.zibrato.backends.otlp;
