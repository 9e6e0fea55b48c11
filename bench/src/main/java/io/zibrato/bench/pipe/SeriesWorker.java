package io.zibrato.bench.pipe;

import com.sun.management.OperatingSystemMXBean;
import io.zibrato.backends.Backend;
import io.zibrato.backends.Interval;
import io.zibrato.backends.Measurement;
import io.zibrato.backends.Snapshot;
import io.zibrato.backends.WorkerCommand;
import io.zibrato.backends.WorkerFlags;
import io.zibrato.wire.Message;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/**
 * A worker's process whose service takes everything at once, and which says how long each round
 * took it. The first argument is the number of series in a round, the others are a worker's flags.
 *
 * <p>Prints {@code round booked MS processor MS flushed MS}: from the first frame's arrival to the
 * last measurement in the interval, the processor time of the whole process in it, and from the
 * interval's close to the last batch in the service. {@code round split} where an interval ended
 * amid the round.
 */
final class SeriesWorker extends Backend {
  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private final int series;

  // Only the worker's reading thread, but for what it hands on.
  private long firstNanos;
  private int posted;
  private volatile double bookedMillis;
  private long firstProcessorNanos;
  private volatile double processorMillis;

  // Only its delivering thread.
  private long interval;
  private int inInterval;
  private int inRound;

  private SeriesWorker(int series) {
    this.series = series;
  }

  public static void main(String[] args) {
    String[] flags = Arrays.copyOfRange(args, 1, args.length);
    int series = Integer.parseInt(args[0]);
    System.exit(
        WorkerCommand.run(
            "zibrato-pipe", new WorkerFlags(), flags, given -> new SeriesWorker(series)));
  }

  @Override
  public void connect() {}

  @Override
  public Message parse(byte[] message) throws IOException {
    if (posted == 0) {
      firstNanos = System.nanoTime();
      firstProcessorNanos = PROCESS.getProcessCpuTime();
    }
    return super.parse(message);
  }

  @Override
  public void post(Measurement measurement, Interval open) {
    super.post(measurement, open);
    if (++posted < series) return;
    processorMillis = (PROCESS.getProcessCpuTime() - firstProcessorNanos) / 1e6;
    bookedMillis = (System.nanoTime() - firstNanos) / 1e6;
    posted = 0;
  }

  @Override
  public void flush(Snapshot snapshot) {
    if (snapshot.id() != interval) inInterval = 0;
    interval = snapshot.id();
    inInterval += snapshot.size();
    inRound += snapshot.size();
    if (inRound < series) return;
    inRound -= series;
    boolean whole = inInterval == series;
    System.out.println("round " + (whole ? took(snapshot) : "split"));
    System.out.flush();
  }

  private String took(Snapshot snapshot) {
    Duration since = Duration.between(Instant.ofEpochMilli(snapshot.endMillis()), Instant.now());
    // The close is known by its millisecond; on the average it was in the middle of it.
    double flushedMillis = Math.max(0, since.toNanos() / 1e6 - 0.5);
    return "booked " + bookedMillis + " processor " + processorMillis + " flushed " + flushedMillis;
  }
}
