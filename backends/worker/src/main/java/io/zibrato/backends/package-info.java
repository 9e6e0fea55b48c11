/**
 * What every worker has in common: the connection to the brokers, the ledger that turns cumulative
 * values into new ones, intervals, and delivery with retries.
 *
 * <p>Extend {@link io.zibrato.backends.Backend} for a new service, and start it with {@link
 * io.zibrato.backends.WorkerCommand}. What belongs here: what no service differs in. What does not:
 * anything that knows a service by name.
 */
package io.zibrato.backends;
