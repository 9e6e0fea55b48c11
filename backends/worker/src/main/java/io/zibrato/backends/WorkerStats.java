package io.zibrato.backends;

import java.util.Map;

/**
 * A worker's numbers since it began.
 *
 * @param messages taken from the brokers, heartbeats left out
 * @param booked measurements that went to the open interval
 * @param delivered measurements that the service took
 * @param held measurements in closed intervals that the service has not taken yet
 * @param refused measurements that the service refused, each on its own
 * @param retries deliveries that have to be repeated
 * @param ambiguousRetries those of them that the service may have taken nevertheless
 * @param resyncs full frames asked for
 * @param reconnects sockets made anew because a broker was silent
 * @param vanished instances that fell silent without a last frame
 * @param lost by cause, the applications' own causes among them; refused ones too
 */
public record WorkerStats(
    long messages,
    long booked,
    long delivered,
    long held,
    long refused,
    long retries,
    long ambiguousRetries,
    long resyncs,
    long reconnects,
    long vanished,
    Map<String, Long> lost) {

  /** Losses of all causes. */
  public long lostInAll() {
    return lost.values().stream().mapToLong(Long::longValue).sum();
  }
}
