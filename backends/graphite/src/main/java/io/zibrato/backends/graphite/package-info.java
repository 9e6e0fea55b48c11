/**
 * The worker for Graphite: one backend, points in the plaintext and the pickle protocol, and the
 * steps of time that they go into. What all workers share is in {@link io.zibrato.backends}.
 */
package io.zibrato.backends.graphite;
