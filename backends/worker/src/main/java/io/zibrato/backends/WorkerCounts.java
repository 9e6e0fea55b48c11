package io.zibrato.backends;

import java.util.concurrent.atomic.AtomicLong;

/** The counts behind {@link WorkerStats}. Any thread. */
final class WorkerCounts {
  final AtomicLong messages = new AtomicLong();
  final AtomicLong booked = new AtomicLong();
  final AtomicLong merged = new AtomicLong();
  final AtomicLong leftOut = new AtomicLong();
  final AtomicLong open = new AtomicLong();
  final AtomicLong closed = new AtomicLong();
  final AtomicLong found = new AtomicLong();
  final AtomicLong delivered = new AtomicLong();
  final AtomicLong retries = new AtomicLong();
  final AtomicLong ambiguousRetries = new AtomicLong();
  final AtomicLong resyncs = new AtomicLong();
  final AtomicLong reconnects = new AtomicLong();
  final AtomicLong vanished = new AtomicLong();
  final AtomicLong instances = new AtomicLong(); // of the ledger, and so are series
  final AtomicLong series = new AtomicLong();
  final LossTally losses = new LossTally();

  /** Notes how things stand with the interval; for the thread whose it is. */
  void look(Interval interval) {
    // What the backend left out or failed on never reached the interval.
    long kept = interval.taken() + leftOut.get() + losses.count(Loss.BACKEND_ERROR);
    booked.setRelease(kept);
    merged.setRelease(interval.merged());
    open.setRelease(interval.size());
  }

  SelfReport.Standing standing(Holding.Held held) {
    long now = System.currentTimeMillis();
    long ageMillis = Math.max(0, now - held.oldestMillis().orElse(now));
    return new SelfReport.Standing(instances.get(), series.get(), held.bytes(), ageMillis / 1000.0);
  }

  WorkerStats stats(long held) {
    return new WorkerStats(
        messages.get(),
        booked.get(),
        merged.get(),
        leftOut.get(),
        open.get(),
        found.get(),
        closed.get(),
        delivered.get(),
        held,
        losses.count(Loss.REFUSED),
        retries.get(),
        ambiguousRetries.get(),
        resyncs.get(),
        reconnects.get(),
        vanished.get(),
        losses.byCause(),
        losses.byCauseOfApplications());
  }
}
