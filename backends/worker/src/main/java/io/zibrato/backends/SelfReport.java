package io.zibrato.backends;

import io.zibrato.Zibrato;
import io.zibrato.ZibratoBuilder;
import io.zibrato.meter.Level;
import io.zibrato.meter.Totals;
import java.io.Closeable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.zeromq.ZContext;

/**
 * What a worker counts of its own work, told at the level {@value Level#ZIBRATO} through the first
 * of its brokers, while a worker subscribes to that level by name; until then it costs a socket.
 *
 * <p>Counters, since this worker began, all {@code zibrato.worker.} and in measurements where
 * nothing else is said:
 *
 * <table>
 * <caption>Counters</caption>
 * <tr><td>{@code messages}<td>messages taken from the brokers
 * <tr><td>{@code booked}<td>what they brought that was new
 * <tr><td>{@code merged}<td>of those, added to another of the same series and interval
 * <tr><td>{@code left_out}<td>of those, not wanted by the backend
 * <tr><td>{@code found}<td>in the spool as this worker began
 * <tr><td>{@code closed}<td>in intervals that ended
 * <tr><td>{@code delivered}<td>taken by the service
 * <tr><td>{@code refused}<td>refused by the service, and set aside
 * <tr><td>{@code lost}<td>by tag {@code cause}, in that cause's unit, and by tag {@code stage}:
 *     {@code reading}, {@code interval} or {@code spool}; what applications say that they lost has
 *     {@code application} there
 * <tr><td>{@code retries}, {@code ambiguous_retries}<td>deliveries repeated, and those of them that
 *     the service may have taken before
 * <tr><td>{@code resyncs}, {@code reconnects}<td>full frames asked for, sockets made anew
 * <tr><td>{@code vanished}<td>instances that fell silent without a last frame
 * </table>
 *
 * <p>Gauges, once a second: measurements that are {@code open} in the interval and {@code held} in
 * the spool; {@code instances} and {@code series} that the ledger knows; {@code spool_bytes}; and
 * {@code oldest_seconds}, the age of the oldest part that is held, 0 if there is none.
 *
 * <p>{@link WorkerStats} says how they add up. For one thread at a time.
 */
final class SelfReport implements Closeable {
  private static final String PREFIX = "zibrato.worker.";

  private final Zibrato zibrato;
  private final Level level;
  private final Totals totals;

  /** What {@link WorkerStats} does not have. */
  record Standing(long instances, long series, long spoolBytes, double oldestSeconds) {}

  interface Look {
    Standing now();
  }

  /**
   * @param keys the folder of the worker's keys; nothing if it does not encrypt
   */
  SelfReport(WorkerOptions options, Optional<Path> keys, ZContext context) {
    ZibratoBuilder builder = Zibrato.builder();
    keys.ifPresent(builder::curveKeys);
    zibrato =
        builder
            .host(options.publisherHost())
            .port(options.publisherPort())
            .source(options.source())
            .onDemand(List.of(Level.ZIBRATO))
            .publishInterval(Duration.ofSeconds(1))
            .wire(2)
            .closeAtExit(false)
            .context(context)
            .build();
    level = zibrato.level(Level.ZIBRATO);
    totals = new Totals(zibrato.meters(), PREFIX);
  }

  /** Brings what is told up to date, if anybody is there to be told. */
  void tell(WorkerStats stats, Look look) {
    if (!level.wanted()) return;
    totals.tell("messages", stats.messages());
    totals.tell("booked", stats.booked());
    totals.tell("merged", stats.merged());
    totals.tell("left_out", stats.leftOut());
    totals.tell("found", stats.found());
    totals.tell("closed", stats.closed());
    totals.tell("delivered", stats.delivered());
    totals.tell("refused", stats.refused());
    totals.tell("retries", stats.retries());
    totals.tell("ambiguous_retries", stats.ambiguousRetries());
    totals.tell("resyncs", stats.resyncs());
    totals.tell("reconnects", stats.reconnects());
    totals.tell("vanished", stats.vanished());
    stats.lost().forEach(this::lost);
    stats.lostByApplications().forEach((cause, n) -> lost(cause, "application", n));
    gauges(stats, look.now());
  }

  private void lost(String cause, long n) {
    Loss.Stage stage = Loss.stage(cause);
    if (stage != Loss.Stage.SERVICE) lost(cause, stage.label(), n);
  }

  private void lost(String cause, String stage, long n) {
    totals.tell("lost", Map.of("cause", cause, "stage", stage), n);
  }

  private void gauges(WorkerStats stats, Standing now) {
    gauge("open", stats.open());
    gauge("held", stats.held());
    gauge("instances", now.instances());
    gauge("series", now.series());
    gauge("spool_bytes", now.spoolBytes());
    gauge("oldest_seconds", now.oldestSeconds());
  }

  private void gauge(String name, double value) {
    zibrato.gauge(Level.ZIBRATO, PREFIX + name, value);
  }

  /** Sends what was told last. */
  @Override
  public void close() {
    zibrato.close();
  }
}
