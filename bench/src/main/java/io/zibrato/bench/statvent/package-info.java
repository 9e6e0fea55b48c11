/**
 * {@code ./zibrato bench statvent}: how long the web service takes to read the pipes of many
 * processes, some of which do not answer.
 */
package io.zibrato.bench.statvent;
