package io.zibrato.bench;

import io.zibrato.backends.Backend;
import io.zibrato.backends.Snapshot;
import io.zibrato.backends.Worker;
import io.zibrato.backends.WorkerOptions;
import io.zibrato.backends.WorkerStats;
import io.zibrato.broker.Broker;
import io.zibrato.broker.BrokerOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * Where the measured processes send to: a broker, and a worker that subscribes to all levels but
 * {@code debug}, books what comes and drops it. Both are in this process, which does nothing else
 * while another one is measured.
 */
final class Destination implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Destination.class.getName());

  /** Kept, since its level would be forgotten with it; the report has what a worker logs. */
  private static final Logger WORKERS = Logger.getLogger(Worker.class.getPackageName());

  private static final Set<String> LEVELS = Set.of("trace", "info", "warn", "error");
  private static final Duration FLUSH = Duration.ofSeconds(2);
  private static final long SPOOL_BYTES = 64 << 20;

  private final Broker broker;
  private final Worker worker;
  private final Path state;

  private Destination(Broker broker, Path state) throws IOException {
    this.broker = broker;
    this.state = state;
    WORKERS.setLevel(Level.SEVERE);
    String endpoint = "tcp://127.0.0.1:" + broker.workerPort();
    worker =
        Worker.start(
            new WorkerOptions(
                List.of(endpoint),
                LEVELS,
                FLUSH,
                state,
                SPOOL_BYTES,
                Duration.ofDays(1),
                Duration.ofMinutes(5),
                "bench",
                Optional.empty()),
            new Dropping(),
            new Logging());
  }

  static Destination start() throws IOException {
    Path state = Files.createTempDirectory("zibrato-bench-state-");
    return new Destination(Broker.start(BrokerOptions.onLoopback(0)), state);
  }

  /** The broker's side for publishers. */
  int port() {
    return broker.publisherPort();
  }

  /** What has arrived. */
  WorkerStats stats() {
    return worker.stats();
  }

  @Override
  public void close() {
    worker.close();
    broker.close();
    try (Stream<Path> files = Files.list(state)) {
      for (Path file : files.toList()) Files.delete(file);
      Files.delete(state);
    } catch (IOException e) {
      Logger.getLogger(Destination.class.getName()).log(Level.WARNING, "left " + state, e);
    }
  }

  private static final class Dropping extends Backend {
    @Override
    public void connect() {}

    @Override
    public void flush(Snapshot snapshot) {}
  }

  private static final class Logging implements Worker.Listener {
    @Override
    public void connected(String endpoint) {
      LOG.log(System.Logger.Level.DEBUG, "worker connected to {0}", endpoint);
    }

    @Override
    public void failed(String reason) {
      LOG.log(System.Logger.Level.ERROR, "worker: {0}", reason);
    }
  }
}
