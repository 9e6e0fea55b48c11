package io.zibrato.backends.statsd;

import static org.assertj.core.api.Assertions.assertThat;

import io.zibrato.backends.Backend;
import io.zibrato.backends.testing.BackendContract;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;

/** The contract over TCP, where all is known to be read when a flush returns. */
class StatsdBackendTest extends BackendContract {
  final FakeDaemon daemon = open();
  private final StatsdBackend backend = new StatsdBackend(options(dialect(), daemon.port(), true));

  Dialect dialect() {
    return Dialect.STATSD;
  }

  private static FakeDaemon open() {
    try {
      return new FakeDaemon();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  static StatsdOptions options(Dialect dialect, int port, boolean tcp) {
    return new StatsdOptions(
        tcp,
        "127.0.0.1",
        port,
        dialect,
        dialect == Dialect.STATSD ? "ms" : "d",
        20,
        1432,
        100_000,
        "",
        "{source}.{name}",
        true,
        Duration.ofSeconds(10));
  }

  @AfterEach
  void close() throws Exception {
    backend.close();
    daemon.close();
  }

  @Override
  protected Backend backend() {
    return backend;
  }

  /** As npm's daemon would tell them apart, and, with tags, as Datadog would. */
  @Override
  protected int taken() {
    List<StatsdReader.Line> lines = daemon.lines();
    Set<String> series = new HashSet<>();
    Set<String> atDatadog = new HashSet<>();
    for (StatsdReader.Line line : lines) {
      series.add(line.key());
      atDatadog.add(line.datadogKey());
    }
    if (dialect() == Dialect.DOGSTATSD) assertThat(atDatadog).hasSameSizeAs(series);
    return series.size();
  }

  /** Each sample stands for as many calls as its rate says; of a gauge the last counts. */
  @Override
  protected Optional<List<Double>> takenValues() {
    Map<String, Double> values = new HashMap<>();
    for (StatsdReader.Line line : daemon.lines()) {
      double value = line.value().doubleValue();
      switch (line.type()) {
        case "g" -> values.put(line.key(), value);
        case "c" -> values.merge(line.key(), value / line.rate(), Double::sum);
        default -> values.merge(line.key(), 1 / line.rate(), Double::sum);
      }
    }
    return Optional.of(List.copyOf(values.values()));
  }
}
