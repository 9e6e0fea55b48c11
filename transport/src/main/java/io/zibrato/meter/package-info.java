/**
 * What is measured, in memory: meters, their levels, and the registry that holds them.
 *
 * <p>Everything here is cumulative, so that whoever reads a meter late reads no less. Recording
 * never blocks, never throws and never allocates once a meter is warm; reading is for one thread,
 * the publisher's.
 *
 * <p>What belongs here: meters and the arithmetic of histograms. What does not: sockets, bytes on
 * the wire, threads.
 */
package io.zibrato.meter;
