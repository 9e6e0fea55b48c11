package io.zibrato.bench;

import io.zibrato.backends.Backend;
import io.zibrato.backends.RetryException;
import io.zibrato.backends.Snapshot;
import io.zibrato.backends.Worker;
import io.zibrato.backends.WorkerOptions;
import io.zibrato.backends.WorkerStats;
import io.zibrato.broker.Broker;
import io.zibrato.broker.BrokerOptions;
import io.zibrato.processes.SmallDisk;
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
  private final SmallDisk disk; // null where the state is on the machine's

  private Destination(Broker broker, Path state, SmallDisk disk, Trouble trouble)
      throws IOException {
    this.broker = broker;
    this.state = state;
    this.disk = disk;
    WORKERS.setLevel(trouble == Trouble.DISK_FULL ? Level.OFF : Level.SEVERE);
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
            new Dropping(trouble),
            new Logging());
  }

  /**
   * @throws IOException also when the trouble cannot be made here
   */
  static Destination start(Trouble trouble) throws IOException {
    Path state = Files.createTempDirectory("zibrato-bench-state-");
    SmallDisk disk = trouble == Trouble.DISK_FULL ? SmallDisk.mount(state) : null;
    if (trouble == Trouble.DISK_FULL && disk == null) {
      throw new IOException("--while disk-full: a small disk cannot be mounted; it needs root");
    }
    Broker broker = Broker.start(BrokerOptions.onLoopback(0));
    Destination destination = new Destination(broker, state, disk, trouble);
    if (disk != null) disk.fill();
    if (trouble == Trouble.BROKER_DEAD) broker.close();
    return destination;
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
      if (disk != null) disk.close();
      Files.delete(state);
    } catch (IOException e) {
      Logger.getLogger(Destination.class.getName()).log(Level.WARNING, "left " + state, e);
    }
  }

  private static final class Dropping extends Backend {
    private final boolean gone;

    Dropping(Trouble trouble) {
      gone = trouble == Trouble.SERVICE_GONE || trouble == Trouble.DISK_FULL;
    }

    @Override
    public void connect() {}

    @Override
    public void flush(Snapshot snapshot) throws RetryException {
      if (gone) throw new RetryException("the service is gone");
    }
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
