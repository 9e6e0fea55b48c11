/**
 * The programmatic API: {@link io.zibrato.Zibrato}, and nothing else that a user of it must know.
 *
 * <p>What belongs here: the facade. What does not: meters, bytes and sockets, which have packages
 * of their own below.
 */
package io.zibrato;
