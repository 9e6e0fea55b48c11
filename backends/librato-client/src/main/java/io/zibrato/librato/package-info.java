/**
 * A client of the Librato API, usable alone: {@link io.zibrato.librato.LibratoClient} is where to
 * begin. What is sent and how it is retried is in package-private classes; what a caller builds or
 * reads is immutable.
 *
 * <p>Nothing and null: an argument is never null unless its description allows it. A component of a
 * record that the service may leave out is null then, and its description says so; lists and maps
 * are never null, but empty. A method that looks for something that may not be there returns an
 * {@link java.util.Optional}; nothing else does.
 *
 * <p>Times are epoch seconds, and durations that travel are seconds, as in the API.
 *
 * <p>Methods that ask the service block until it has answered, retries included, and throw an
 * {@link java.io.IOException}: a {@link io.zibrato.librato.LibratoException} for all that the
 * service, or its absence, is the reason of; a {@link java.io.InterruptedIOException}, with the
 * thread's flag set, if the thread was interrupted.
 */
package io.zibrato.librato;
