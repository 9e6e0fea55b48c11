package io.zibrato.backends.statsd;

import static org.assertj.core.api.Assertions.assertThat;

import io.zibrato.backends.Backend;
import io.zibrato.backends.testing.BackendContract;
import io.zibrato.processes.Children;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The contract against npm's daemon: it holds as many series as we sent. */
class NpmContractIT extends BackendContract {
  @TempDir Path dir;
  private final Children children = new Children();
  private NpmDaemon daemon;
  private StatsdBackend backend;

  Dialect dialect() {
    return Dialect.STATSD;
  }

  @BeforeEach
  void start() throws Exception {
    daemon = new NpmDaemon(dir, 3_600_000);
    daemon.start((name, ready, command) -> children.start(name, dir, ready, command));
    StatsdOptions options = StatsdBackendTest.options(dialect(), daemon.port, true);
    backend =
        new StatsdBackend(
            new StatsdOptions(
                true,
                options.host(),
                options.port(),
                options.dialect(),
                "ms",
                options.timerSamples(),
                options.mtu(),
                options.packetsPerSecond(),
                options.prefix(),
                options.template(),
                true,
                options.timeout()));
  }

  @AfterEach
  void stop() throws Exception {
    if (backend != null) backend.close();
    children.close();
  }

  @Override
  protected Backend backend() {
    return backend;
  }

  @Override
  protected int taken() throws Exception {
    assertThat(daemon.badLines()).isZero();
    return daemon.held("counters").size()
        + daemon.held("timers").size()
        + (int) daemon.held("gauges").keySet().stream().filter(key -> !key.isEmpty()).count();
  }
}
