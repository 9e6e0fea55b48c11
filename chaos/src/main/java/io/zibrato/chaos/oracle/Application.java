package io.zibrato.chaos.oracle;

import io.zibrato.chaos.load.Measured;
import io.zibrato.chaos.load.TotalsFile;

/** One run of one application. */
final class Application {
  final String source;
  final TotalsFile totals;
  private long wellUntilNanos;
  private boolean killed;

  Application(String source, TotalsFile totals) {
    this.source = source;
    this.totals = totals;
  }

  /**
   * It was killed.
   *
   * @param wellUntilNanos until when all that it sent was sure to arrive
   */
  void killed(long wellUntilNanos) {
    this.killed = true;
    this.wellUntilNanos = wellUntilNanos;
  }

  boolean isKilled() {
    return killed;
  }

  /** The most that can arrive. */
  long most(Measured measured) {
    return totals.total(measured);
  }

  /** The least that has to arrive, in the end. */
  long least(Measured measured) {
    return killed ? totals.totalAt(measured, wellUntilNanos) : most(measured);
  }
}
