package io.zibrato.backends.statvent;

import io.zibrato.Zibrato;
import java.io.Closeable;
import java.lang.System.Logger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Publishes what the pipes tell into a broker, as an application of ours does, so that programs
 * which only know the pipes' form reach every backend. {@link Increases} has the rule.
 *
 * <p>What a process counted after it was last read, and before it ended, is lost, and so is what is
 * counted while no bridge runs; nobody can count it.
 */
final class Bridge implements Closeable {
  private static final Logger LOG = System.getLogger(Bridge.class.getName());
  private static final long CLOSE_SECONDS = 2;

  /** Linux tells when it was booted in whole seconds, and a process's begin is told from there. */
  private static final long CLOCK_SLACK_SECONDS = 1;

  /** Reads the pipes. */
  interface Source {
    Collector.Round collect() throws InterruptedException;
  }

  private final Source source;
  private final StatventOptions.BridgeOptions options;
  private final Zibrato zibrato;
  private final Increases increases;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "statvent-bridge");
  private boolean said;

  private Bridge(Source source, StatventOptions.BridgeOptions options) {
    this.source = source;
    this.options = options;
    var builder =
        Zibrato.builder()
            .enabled(true)
            .host(options.host())
            .port(options.port())
            .source(options.source())
            .onDemand(List.of("none"))
            .statvent(false) // what it publishes came from pipes
            .closeAtExit(false);
    options.curveKeys().ifPresent(builder::curveKeys);
    zibrato = builder.build();
    increases =
        new Increases(
            Instant.now().minusSeconds(CLOCK_SLACK_SECONDS),
            Bridge::startOf,
            name -> options.gauges().matcher(name).matches());
  }

  static Bridge start(Source source, StatventOptions.BridgeOptions options) {
    Bridge bridge = new Bridge(source, options);
    bridge.thread.setDaemon(true);
    bridge.thread.start();
    return bridge;
  }

  private static Optional<Instant> startOf(String process) {
    try {
      return ProcessHandle.of(Long.parseLong(process))
          .flatMap(handle -> handle.info().startInstant());
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private void run() {
    try {
      do {
        publish();
      } while (!closing.await(options.interval().toMillis(), TimeUnit.MILLISECONDS));
      publish();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void publish() throws InterruptedException {
    try {
      increases.take(source.collect(), new Publishing());
    } catch (RuntimeException | Error e) { // the next round may have less, or more memory
      failed("this round is not published", e);
    }
  }

  private final class Publishing implements Increases.Sink {
    @Override
    public void count(String name, long increase) {
      try {
        zibrato.counter(options.level(), name).increment(increase);
      } catch (IllegalArgumentException e) {
        failed("not published: " + e.getMessage(), e);
      }
    }

    @Override
    public void gauge(String name, double value) {
      try {
        zibrato.gauge(options.level(), name, value);
      } catch (IllegalArgumentException e) {
        failed("not published: " + e.getMessage(), e);
      }
    }

    @Override
    public void gauge(String name, int slot, double value) {
      try {
        zibrato.gauge(options.level(), name, "", "process=" + slot).record(value);
      } catch (IllegalArgumentException e) {
        failed("not published: " + e.getMessage(), e);
      }
    }
  }

  private void failed(String what, Throwable e) {
    LOG.log(said ? Logger.Level.DEBUG : Logger.Level.WARNING, what, e);
    said = true;
  }

  /** Publishes once more, and waits at most a few seconds until that is sent. */
  @Override
  public void close() {
    closing.countDown();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(CLOSE_SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    thread.interrupt();
    zibrato.close();
  }
}
