/**
 * Statvent's web service: the numbers of all named pipes of a host, as JSON and for Prometheus, and
 * the bridge that brings them to a broker.
 *
 * <p>What belongs here: reading pipes, and putting together what they tell. What does not: writing
 * one, which is {@link io.zibrato.statvent}.
 */
package io.zibrato.backends.statvent;
