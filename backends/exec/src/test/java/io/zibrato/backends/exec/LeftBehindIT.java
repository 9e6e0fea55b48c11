package io.zibrato.backends.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.zibrato.backends.CounterTotal;
import io.zibrato.backends.RetryException;
import io.zibrato.backends.SeriesKey;
import io.zibrato.backends.Snapshot;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that end and leave one behind, which has their input and output and lives for long. */
class LeftBehindIT {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path dir;
  private Path left;
  private ExecBackend backend;

  @BeforeEach
  void file() {
    left = dir.resolve("left");
  }

  @AfterEach
  void close() throws Exception {
    if (backend != null) backend.close();
    killLeft();
  }

  private void killLeft() throws IOException {
    if (!Files.exists(left)) return;
    for (String pid : Files.readAllLines(left)) {
      ProcessHandle.of(Long.parseLong(pid)).ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  /**
   * Starts one that does as the lines say, but for the first so many runs, which leave one behind.
   */
  private void start(int runs, String mishap, String... lines) throws Exception {
    List<String> begin =
        List.of(
            "import os, subprocess, sys",
            "def leave():",
            "    child = subprocess.Popen(['sleep', '3600'])",
            "    with open(sys.argv[1], 'a') as out: out.write(str(child.pid) + '\\n')",
            "    os._exit(3)",
            "runs = len(open(sys.argv[1]).readlines()) if os.path.exists(sys.argv[1]) else 0",
            "if runs < " + runs + ":",
            "    " + mishap,
            "    leave()");
    String code = String.join("\n", begin) + '\n' + String.join("\n", lines);
    boolean ack = mishap.contains("readline");
    String command = Programs.python(code, left.toString());
    backend = new ExecBackend(new ExecOptions(command, ack, 9999, LONG, LONG), 1);
    backend.connect();
  }

  private RetryException flush(Snapshot snapshot) throws Exception {
    CompletableFuture<RetryException> failure = new CompletableFuture<>();
    Thread deliverer =
        new Thread(
            () -> {
              try {
                backend.flush(snapshot);
                failure.complete(null);
              } catch (RetryException e) {
                failure.complete(e);
              } catch (Exception e) {
                failure.completeExceptionally(e);
              }
            });
    deliverer.setDaemon(true);
    deliverer.start();
    return failure.get(60, TimeUnit.SECONDS);
  }

  private static Snapshot snapshot(int series) {
    List<CounterTotal> counters =
        IntStream.range(0, series)
            .mapToObj(i -> new CounterTotal(new SeriesKey("orders" + i, "web"), 1))
            .toList();
    return new Snapshot(1, 1000, 2000, counters, List.of(), List.of());
  }

  private boolean allLive() throws Exception {
    return Files.readAllLines(left).stream()
        .allMatch(pid -> ProcessHandle.of(Long.parseLong(pid)).isPresent());
  }

  /** How many ends of pipes this process has. */
  private static long pipes() throws IOException {
    long pipes = 0;
    for (File descriptor : new File("/proc/self/fd").listFiles()) {
      try {
        Path target = Files.readSymbolicLink(descriptor.toPath());
        if (target.toString().startsWith("pipe:")) pipes++;
      } catch (NoSuchFileException e) {
        // It was that of the folder itself.
      }
    }
    return pipes;
  }

  @Test
  void output_thatIsHeldDoesNotHoldUpDelivery() throws Exception {
    start(1, "sys.stdin.readline()", "for line in sys.stdin: print('ok', flush=True)");

    RetryException ended = flush(snapshot(1));
    assertThat(ended).hasMessageContaining("ended with exit code 3");
    assertThat(ended.ambiguous()).isTrue();
    await().atMost(PATIENCE).until(() -> flush(snapshot(1)) == null);
    assertThat(allLive()).isTrue();
  }

  @Test
  void output_thatIsHeldKeepsNothingOpen() throws Exception {
    start(2, "sys.stdin.readline()", "for line in sys.stdin: print('ok', flush=True)");
    long before = pipes();

    await().atMost(PATIENCE).until(() -> flush(snapshot(1)) == null);

    assertThat(Files.readAllLines(left)).hasSize(2);
    assertThat(allLive()).isTrue();
    await().atMost(PATIENCE).until(() -> pipes() <= before);
  }

  @Test
  void input_thatIsHeldDoesNotHoldUpDelivery() throws Exception {
    start(1, "os.read(0, 1)", "for line in sys.stdin: pass");

    RetryException ended = flush(snapshot(9999));
    assertThat(ended).hasMessageContaining("ended with exit code 3");
    assertThat(ended.ambiguous()).isTrue(); // who holds it may read it yet
    await().atMost(PATIENCE).until(() -> flush(snapshot(9999)) == null);
    assertThat(allLive()).isTrue();
  }

  @Test
  void input_thatIsHeldByTooManyIsAFailureUntilTheyEnd() throws Exception {
    start(2, "os.read(0, 1)", "for line in sys.stdin: pass");

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(flush(snapshot(9999))).hasMessageContaining("too many programs"));
    assertThat(Files.readAllLines(left)).hasSize(2);
    assertThat(flush(snapshot(9999)).ambiguous()).isFalse();

    killLeft();
    await().atMost(PATIENCE).until(() -> flush(snapshot(9999)) == null);
  }
}
