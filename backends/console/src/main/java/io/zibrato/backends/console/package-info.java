/**
 * The worker that shows what comes: a table in a terminal, lines elsewhere.
 *
 * <p>What belongs here: how measurements look to a person. What does not: the form of JSON lines,
 * which is {@link io.zibrato.backends.SnapshotJson}'s.
 */
package io.zibrato.backends.console;
