/**
 * {@code ./zibrato bench pipe}: whether the road behind the application keeps up.
 *
 * <p>The broker beside libzmq's own proxy, which this command compiles from {@code
 * bench/src/main/c}; counts from woven methods to a worker beside a StatsD client and daemon; and a
 * worker that has many series. Everything measured is a process of its own, over sockets of this
 * machine.
 */
package io.zibrato.bench.pipe;
