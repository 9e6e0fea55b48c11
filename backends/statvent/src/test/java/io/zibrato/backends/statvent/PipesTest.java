package io.zibrato.backends.statvent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Pipes that nobody writes into. */
@Timeout(60)
class PipesTest {
  @TempDir Path dir;
  private Path pipe;

  @BeforeEach
  void make() throws Exception {
    pipe = dir.resolve("named.stats");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
  }

  @Test
  void commandThatBeganAsTheTimeWasUp_isEnded() {
    AtomicReference<Attempt> attempt = new AtomicReference<>();
    AtomicInteger reads = new AtomicInteger();
    AtomicBoolean closed = new AtomicBoolean();
    Connection cat =
        new Connection() {
          @Override
          public int read(byte[] buffer) {
            reads.incrementAndGet();
            return -1;
          }

          @Override
          public Waiting handOver(Path name) {
            throw new AssertionError("it was not to be kept");
          }

          @Override
          public void close() {
            closed.set(true);
          }
        };
    Map<Path, Quiet> quiet = new HashMap<>();
    attempt.set(
        new Attempt(
            new PipeFile(pipe),
            quiet,
            new HashSet<>(),
            new AtomicInteger(Attempt.MOST_STUCK),
            path -> {
              attempt.get().end();
              return cat;
            }));

    attempt.get().run(System.nanoTime() + 10_000_000_000L);

    assertThat(reads).hasValue(0);
    assertThat(closed).isTrue();
    assertThat(quiet).isEmpty();
  }

  @Test
  void linkInThePlaceOfAPipe_isNotFollowed() throws Exception {
    Path secret = Files.writeString(dir.resolve("secret"), "a: 1\n");
    Path link = Files.createSymbolicLink(dir.resolve("link.stats"), secret);

    assertThatThrownBy(() -> OpenPipe.open(link)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> OpenPipe.openBoth(link)).isInstanceOf(IOException.class);
  }

  @Test
  void close_endsWhatAnInterruptedRoundLeft() throws Exception {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    Pipes pipes = new Pipes(dir, Duration.ofSeconds(50), true);
    Thread round =
        new Thread(
            () -> {
              try {
                pipes.read();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "test-round");
    round.start();
    await().until(() -> readerWaits(before));
    round.interrupt();
    round.join();

    pipes.close();

    await().until(() -> !readerWaits(before));
  }

  @Test
  void pipeThatIsRemovedWhileItIsOpened_keepsNoThread() throws Exception {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    try (Pipes pipes = new Pipes(dir, Duration.ofSeconds(2), true)) {
      Thread round =
          new Thread(
              () -> {
                try {
                  pipes.read();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              },
              "test-round");
      round.start();
      await().until(() -> readerWaits(before));
      Files.delete(pipe);
      round.join();

      await().until(() -> !readerWaits(before));
      try (Stream<Path> left = Files.list(dir)) {
        assertThat(left).isEmpty();
      }
    }
  }

  private static boolean readerWaits(Set<Thread> before) {
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(each -> each.getKey().getName().equals("statvent-pipe"))
        .filter(each -> !before.contains(each.getKey()))
        .flatMap(each -> Arrays.stream(each.getValue()))
        .anyMatch(frame -> frame.getMethodName().startsWith("open"));
  }
}
