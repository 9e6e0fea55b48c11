package io.zibrato.backends;

import java.util.concurrent.atomic.AtomicLong;

/** The counts behind {@link WorkerStats}. Any thread. */
final class WorkerCounts {
  final AtomicLong messages = new AtomicLong();
  final AtomicLong booked = new AtomicLong();
  final AtomicLong delivered = new AtomicLong();
  final AtomicLong retries = new AtomicLong();
  final AtomicLong ambiguousRetries = new AtomicLong();
  final AtomicLong resyncs = new AtomicLong();
  final AtomicLong reconnects = new AtomicLong();
  final AtomicLong vanished = new AtomicLong();
  final LossTally losses = new LossTally();

  WorkerStats stats(long held) {
    return new WorkerStats(
        messages.get(),
        booked.get(),
        delivered.get(),
        held,
        losses.count(Loss.REFUSED),
        retries.get(),
        ambiguousRetries.get(),
        resyncs.get(),
        reconnects.get(),
        vanished.get(),
        losses.byCause());
  }
}
