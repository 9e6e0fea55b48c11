/**
 * The worker for a program of the user's, in whatever language, that reads JSON lines.
 *
 * <p>What belongs here: the program as a child process, and what it answers. What does not: the
 * form of the lines, which is {@link io.zibrato.backends.SnapshotJson}'s.
 */
package io.zibrato.backends.exec;
