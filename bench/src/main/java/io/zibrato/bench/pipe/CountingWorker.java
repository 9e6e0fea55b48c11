package io.zibrato.bench.pipe;

import io.zibrato.backends.Backend;
import io.zibrato.backends.CounterTotal;
import io.zibrato.backends.Snapshot;
import io.zibrato.backends.WorkerCommand;
import io.zibrato.backends.WorkerFlags;

/** A worker's process whose service adds up one counter, and prints the total when it rises. */
final class CountingWorker {
  private CountingWorker() {}

  public static void main(String[] args) {
    System.exit(WorkerCommand.run("zibrato-pipe", new WorkerFlags(), args, flags -> new Total()));
  }

  private static final class Total extends Backend {
    private long total;

    @Override
    public void connect() {}

    @Override
    public void flush(Snapshot snapshot) {
      long before = total;
      for (CounterTotal counter : snapshot.counters()) {
        if (counter.key().name().equals(CountingApplication.NAME)) total += counter.sum();
      }
      if (total == before) return;
      System.out.println("total " + total);
      System.out.flush();
    }
  }
}
