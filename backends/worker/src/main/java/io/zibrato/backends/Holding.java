package io.zibrato.backends;

import java.util.List;
import java.util.OptionalLong;

/**
 * How much a spool holds. {@link Spool} guards the changes; {@link #now} is for any thread, and
 * waits for no disk, however long that takes for a change.
 */
final class Holding {
  private final Pending pending;
  private long bytes;
  private long measurements; // on disk
  private long oldestOnDisk; // when it was closed, if there is one
  private volatile Held now;

  /**
   * All of it, at one moment.
   *
   * @param bytes on disk
   * @param oldestMillis when the oldest part was closed; empty if there is none
   */
  record Held(long measurements, long bytes, OptionalLong oldestMillis) {}

  /**
   * @param pending what waits for the disk
   */
  Holding(SpoolTable.Totals totals, List<SpoolTable.Row> oldest, Pending pending) {
    this.pending = pending;
    bytes = totals.bytes();
    measurements = totals.measurements();
    oldest(oldest);
    publish();
  }

  /** On disk, of whose parts the fate is not known. */
  long measurements() {
    return measurements;
  }

  /** On disk. */
  long bytes() {
    return bytes;
  }

  void add(List<SpoolTable.Row> rows) {
    for (SpoolTable.Row row : rows) account(row, 1);
  }

  void remove(SpoolTable.Row row) {
    account(row, -1);
  }

  private void account(SpoolTable.Row row, int sign) {
    bytes += sign * row.bytes();
    measurements += sign * row.measurements();
  }

  /**
   * @param first the first part, or nothing if there is none
   */
  void oldest(List<SpoolTable.Row> first) {
    if (!first.isEmpty()) oldestOnDisk = first.get(0).endMillis();
  }

  /** The changes so far are to be seen. */
  void publish() {
    OptionalLong oldest =
        measurements == 0 ? pending.oldestMillis() : OptionalLong.of(oldestOnDisk);
    now = new Held(measurements + pending.measurements(), bytes, oldest);
  }

  Held now() {
    return now;
  }
}
