/**
 * What the project measures of itself, and the bounds it holds itself to.
 *
 * <p>Each program here starts what it measures as a user would, writes what it saw to a file under
 * {@code bench/results}, and prints a {@link io.zibrato.bench.Verdict} for each bound. What JMH
 * measures stands in the package of what it measures.
 */
package io.zibrato.bench;
