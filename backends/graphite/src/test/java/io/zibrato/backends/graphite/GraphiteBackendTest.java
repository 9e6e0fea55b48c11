package io.zibrato.backends.graphite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.zibrato.backends.Backend;
import io.zibrato.backends.CounterTotal;
import io.zibrato.backends.RetryException;
import io.zibrato.backends.SeriesKey;
import io.zibrato.backends.Snapshot;
import io.zibrato.backends.Whereabouts;
import io.zibrato.backends.testing.BackendContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract in plain text, with tags in the path. */
class GraphiteBackendTest extends BackendContract {
  private static final String WORD = "[A-Za-z0-9_-]+";

  @TempDir Path dir;
  private final FakeCarbon carbon = open();
  private GraphiteBackend backend;

  boolean pickle() {
    return false;
  }

  boolean tags() {
    return false;
  }

  private static FakeCarbon open() {
    try {
      return new FakeCarbon();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  static GraphiteOptions options(Path state, int port, boolean pickle, boolean tags) {
    return new GraphiteOptions(
        state,
        "127.0.0.1",
        port,
        pickle,
        "",
        "{source}.{name}",
        tags,
        60,
        List.of(),
        Duration.ofMinutes(5),
        Duration.ofSeconds(10));
  }

  private GraphiteOptions options() {
    return options(dir.resolve("own"), carbon.port(), pickle(), tags());
  }

  private Whereabouts where() {
    return new Whereabouts("127.0.0.1", carbon.port());
  }

  @BeforeEach
  void create() {
    backend = new GraphiteBackend(options(dir, carbon.port(), pickle(), tags()));
  }

  @AfterEach
  void close() throws Exception {
    backend.close();
    carbon.close();
  }

  @Override
  protected Backend backend() {
    return backend;
  }

  private List<String> lines() throws IOException {
    return pickle() ? carbon.unpickled() : carbon.lines();
  }

  @Override
  protected int taken() throws Exception {
    Set<String> series = new HashSet<>();
    for (String line : lines()) {
      assertThat(line)
          .matches(
              WORD + "(\\." + WORD + ")+(;[A-Za-z0-9_.-]+=[A-Za-z0-9_.-]+)* -?[0-9.E-]+ \\d{10}");
      String path = line.substring(0, line.indexOf(' '));
      assertThat(path).hasSizeLessThan(2000);
      series.add(path.replaceFirst("(\\.timer)?\\.(count|sum|min|max|value)(?=;|$)", ""));
    }
    return series.size();
  }

  @Override
  protected Optional<List<Double>> takenValues() throws Exception {
    List<Double> values = new ArrayList<>();
    for (String line : lines()) {
      String[] words = line.split(" ");
      boolean told = words[0].matches("[^;]*\\.(count|value)(;.*)?");
      if (told) values.add(Double.parseDouble(words[1]));
    }
    return Optional.of(values);
  }

  private static CounterTotal counter(String name) {
    return new CounterTotal(new SeriesKey(name, "s"), 3);
  }

  private static String line(String name) {
    return "s." + name + ".count 3";
  }

  private List<String> values() throws IOException {
    return lines().stream().map(line -> line.replaceFirst("(\\.0)? \\d+$", "")).toList();
  }

  @Test
  void flush_sendsAgainWhatCarbonTookBeforeItEnded() throws Exception {
    backend.connect();
    backend.flush(counters(counter("a")));
    backend.flush(counters(counter("b")));
    assertThat(values()).containsExactly(line("a"), line("b"));
    carbon.end();
    RetryException e =
        catchThrowableOfType(RetryException.class, () -> backend.flush(counters(counter("c"))));
    assertThat(e.ambiguous()).isFalse();
    carbon.start();

    backend.flush(counters(counter("c")));
    backend.flush(counters(counter("d")));

    assertThat(values().subList(2, values().size()))
        .containsExactly(line("a"), line("b"), line("c"), line("d"));
  }

  @Test
  void flush_seesThatCarbonHasEndedBetweenTwo() throws Exception {
    backend.connect();
    backend.flush(counters(counter("a")));
    carbon.end();
    carbon.start();

    backend.flush(counters(counter("b")));

    assertThat(values()).containsExactly(line("a"), line("a"), line("b"));
  }

  @Test
  void flush_seesNextTimeThatCarbonHasEndedSinceItAsked() throws Exception {
    AtomicBoolean ends = new AtomicBoolean();
    GraphiteOptions options = options();
    Presence presence =
        new Presence(where(), options.timeout()) {
          @Override
          boolean lasts() {
            boolean lasts = super.lasts();
            if (ends.getAndSet(false)) replaceCarbon();
            return lasts;
          }
        };
    try (GraphiteBackend own = new GraphiteBackend(options, presence, System::nanoTime)) {
      own.connect();
      own.flush(counters(counter("a")));
      ends.set(true);
      own.flush(counters(counter("b")));
      own.flush(counters(counter("c")));
    }

    assertThat(values().stream().filter(line("a")::equals)).hasSize(2);
  }

  @Test
  void flush_sendsAgainAlsoWhatItHadSentAgain() throws Exception {
    AtomicLong nanos = new AtomicLong();
    GraphiteOptions options = options();
    Presence presence = new Presence(where(), options.timeout());
    try (GraphiteBackend own = new GraphiteBackend(options, presence, nanos::get)) {
      own.connect();
      own.flush(counters(counter("a")));
      nanos.addAndGet(Duration.ofMinutes(4).toNanos());
      replaceCarbon();
      own.flush(counters(counter("b")));
      nanos.addAndGet(Duration.ofMinutes(4).toNanos());
      replaceCarbon();
      own.flush(counters(counter("c")));
    }

    assertThat(values().subList(3, values().size()))
        .containsExactly(line("a"), line("b"), line("c"));
  }

  private void replaceCarbon() {
    try {
      carbon.end();
      carbon.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As when applications exit, one after the other, and the worker is killed in between. */
  @Test
  void flush_whatIsSentLastOfAStepHasItAll() throws Exception {
    long noon = 1_700_000_040_000L;
    for (int id = 1; id <= 100; id++) {
      Snapshot last =
          new Snapshot(id, noon, noon + 500 * id, List.of(counter("a")), List.of(), List.of());
      if (id % 10 == 0) {
        backend.flush(last);
        backend.close();
        create();
      }
      backend.flush(last);
    }
    List<String> lines = lines();
    assertThat(lines.get(lines.size() - 1)).matches("s\\.a\\.count 300(\\.0)? " + noon / 1000);
    assertThat(lines).hasSize(110).allMatch(line -> line.endsWith(" " + noon / 1000));
  }

  @Test
  void connect_knowsThatNobodyIsThere() throws Exception {
    carbon.end();

    assertThatThrownBy(backend::connect).isInstanceOf(IOException.class);
    carbon.start();
    backend.connect();
  }
}
