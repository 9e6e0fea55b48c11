package io.zibrato.backends;

import java.util.Map;

/**
 * A worker's numbers since it began. Those from {@code booked} to {@code refused} count
 * measurements; while nothing is on its way between two of them,
 *
 * <pre>
 * booked         = merged + leftOut + open + closed + what was lost on the way into the interval
 * found + closed = delivered + held + refused       + what was lost of closed intervals
 * </pre>
 *
 * <p>and {@link #lostOfInterval} and {@link #lostOfSpool} are those last ones.
 *
 * @param messages taken from the brokers, heartbeats left out
 * @param booked what messages brought that was new: a counter's growth, a timer's, a gauge value
 * @param merged those that went into a measurement of the same series and interval
 * @param leftOut those that the backend did not want
 * @param open in the open interval
 * @param found in the spool as the worker began, from the one before
 * @param closed in intervals that ended
 * @param delivered that the service took
 * @param held in closed intervals that the service has not taken yet
 * @param refused that the service refused, each on its own
 * @param retries deliveries that have to be repeated
 * @param ambiguousRetries parts delivered again that the service may have taken the first time,
 *     this worker's or the one's before
 * @param resyncs full frames asked for
 * @param reconnects sockets made anew because a broker was silent
 * @param vanished instances that fell silent without a last frame
 * @param lost by the worker, by cause; refused ones too
 * @param lostByApplications by cause, as their frames say
 */
public record WorkerStats(
    long messages,
    long booked,
    long merged,
    long leftOut,
    long open,
    long found,
    long closed,
    long delivered,
    long held,
    long refused,
    long retries,
    long ambiguousRetries,
    long resyncs,
    long reconnects,
    long vanished,
    Map<String, Long> lost,
    Map<String, Long> lostByApplications) {

  /** Losses of all causes, the applications' too. */
  public long lostInAll() {
    return sum(lost) + sum(lostByApplications);
  }

  /** Booked, and lost on the way into the interval. */
  public long lostOfInterval() {
    return lostAt(Loss.Stage.INTERVAL);
  }

  /** Lost of closed intervals, but for what the service refused. */
  public long lostOfSpool() {
    return lostAt(Loss.Stage.SPOOL);
  }

  private long lostAt(Loss.Stage stage) {
    long sum = 0;
    for (Map.Entry<String, Long> each : lost.entrySet()) {
      if (Loss.stage(each.getKey()) == stage) sum += each.getValue();
    }
    return sum;
  }

  private static long sum(Map<String, Long> byCause) {
    return byCause.values().stream().reduce(0L, Saturating::sum);
  }
}
