/**
 * The broker: hands what applications publish to the workers that subscribe to it, and what workers
 * ask for to the applications.
 *
 * <p>What belongs here: two sockets, the loop between them, what may go which way, and what the
 * broker tells about itself. What does not: opening a frame, keeping one, or knowing what a
 * measurement is.
 */
package io.zibrato.broker;
