/**
 * What our processes have in common from the shell's side: flags, exit codes, signals, and the
 * shape of a log line.
 *
 * <p>What belongs here: what a broker, a worker and a store would otherwise each write again. What
 * does not: anything about measurements or sockets.
 */
package io.zibrato.daemon;
