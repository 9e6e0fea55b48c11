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
  private final Map<String, Long> neverKept = new TreeMap<>(); // measurements, by cause

  void delivered(SpoolTable.Row row) {
    delivered.put(row.place(), row);
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
    table.count(Tally.DELIVERED, SpoolTable.Row.measurements(delivered.values()));
    table.delete(damaged.keySet());
    table.count(Tally.lost(Loss.SPOOL_DAMAGED), SpoolTable.Row.measurements(damaged.values()));
    for (Map.Entry<String, Long> each : neverKept.entrySet()) {
      table.count(Tally.CLOSED, each.getValue());
      table.count(Tally.lost(each.getKey()), each.getValue());
    }
  }

  /** What was written is on disk. */
  void clear() {
    delivered.clear();
    damaged.clear();
    neverKept.clear();
  }
}
