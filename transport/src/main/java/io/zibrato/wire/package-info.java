/**
 * Bytes to values and back: both versions of what travels from an application to the workers, and
 * what travels the other way.
 *
 * <p>Every reader bounds what it accepts before it allocates, and refuses the rest with {@link
 * io.zibrato.wire.MalformedFrameException}.
 *
 * <p>What belongs here: layouts. What does not: sockets, and what the values mean to a ledger.
 */
package io.zibrato.wire;
