/**
 * From meters to a socket: settings, the publisher, and what every socket of ours has in common.
 *
 * <p>What belongs here: ZeroMQ, and the one thread that an application has of ours. What does not:
 * the layout of bytes, and meters.
 */
package io.zibrato.transport;
