/**
 * Numbers of a process to be read with {@code cat}: {@link io.zibrato.statvent.Stats}, the named
 * pipe that tells them, and the form of what it tells.
 *
 * <p>What belongs here: what is recorded by name, and the side that writes the pipe. What does not:
 * the side that reads pipes, which is a process of its own ({@code backends/statvent}).
 */
package io.zibrato.statvent;
