package io.zibrato.backends;

import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What became of parts of the spool since the disk was last told: they are deleted and counted in
 * the next transaction, whichever that is. For {@link Spool}, which guards it.
 */
final class Settlement {
  private final Map<Long, SpoolTable.Row> delivered = new LinkedHashMap<>(); // by place
  private final Map<Long, SpoolTable.Row> damaged = new LinkedHashMap<>();
  private final Map<String, Long> notTaken = new TreeMap<>(); // of what was delivered, by cause
  private final Map<String, Long> neverKept = new TreeMap<>(); // measurements, by cause

  /**
   * @param lost how many of its measurements were not, by cause
   * @return how many were
   */
  long delivered(SpoolTable.Row row, Map<String, Long> lost) {
    delivered.put(row.place(), row);
    lost.forEach((cause, n) -> notTaken.merge(cause, n, Long::sum));
    return row.measurements() - sum(lost);
  }

  void damaged(SpoolTable.Row row) {
    damaged.put(row.place(), row);
  }

  /** Measurements were lost that were on no disk. */
  void neverKept(String cause, long measurements) {
    if (measurements > 0) neverKept.merge(cause, measurements, Long::sum);
  }

  /** How many parts the disk still has that are settled. */
  int parts() {
    return delivered.size() + damaged.size();
  }

  void write(SpoolTable table) throws SQLException {
    table.delete(delivered.keySet());
    long taken = SpoolTable.Row.measurements(delivered.values()) - sum(notTaken);
    table.count(Tally.DELIVERED, taken);
    for (Map.Entry<String, Long> each : notTaken.entrySet()) {
      table.count(Tally.lost(each.getKey()), each.getValue());
    }
    table.delete(damaged.keySet());
    table.count(Tally.lost(Loss.SPOOL_DAMAGED), SpoolTable.Row.measurements(damaged.values()));
    for (Map.Entry<String, Long> each : neverKept.entrySet()) {
      table.count(Tally.CLOSED, each.getValue());
      table.count(Tally.lost(each.getKey()), each.getValue());
    }
  }

  private static long sum(Map<String, Long> lost) {
    return lost.values().stream().mapToLong(Long::longValue).sum();
  }

  /** What was written is on disk. */
  void clear() {
    delivered.clear();
    notTaken.clear();
    damaged.clear();
    neverKept.clear();
  }
}
