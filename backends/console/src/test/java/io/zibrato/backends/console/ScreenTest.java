package io.zibrato.backends.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ScreenTest {
  private static final Duration PACE = Duration.ofMillis(10);

  private final List<String> failures = new CopyOnWriteArrayList<>();

  private Screen screen(OutputStream out, Supplier<Terminal.Size> size) {
    Duration window = Duration.ofSeconds(10);
    return new Screen(
        new PrintStream(out), failures::add, Order.RATE, window, size, System::nanoTime);
  }

  @Test
  void close_leavesTheTerminal_once() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Screen screen = screen(out, () -> Terminal.Size.USUAL);
    screen.start(PACE);
    await().until(() -> out.toString(StandardCharsets.UTF_8).contains("0 series"));

    screen.close();
    screen.close();

    String all = out.toString(StandardCharsets.UTF_8);
    assertThat(all).startsWith("\033[?1049h").endsWith("\033[?1049l").containsOnlyOnce("1049l");
    assertThat(failures).isEmpty();
  }

  /** Terminals differ in how wide they take a character to be. */
  @Test
  void everyLineIsErasedFirst() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Screen screen = screen(out, () -> new Terminal.Size(80, 6));

    screen.draw();
    screen.close();

    String text = out.toString(StandardCharsets.UTF_8);
    assertThat(text.split("\r\n", -1)).hasSize(6).allMatch(line -> line.contains("\033[K"));
  }

  @Test
  void close_doesNotWaitForATerminalThatTakesNothing() throws Exception {
    CountDownLatch writing = new CountDownLatch(1);
    CountDownLatch taken = new CountDownLatch(1);
    OutputStream stalled =
        new OutputStream() {
          @Override
          public void write(int b) {
            writing.countDown();
            try {
              taken.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }
        };
    Screen screen = screen(stalled, () -> Terminal.Size.USUAL);
    screen.start(PACE);
    writing.await();

    CompletableFuture.runAsync(screen::close).get(60, TimeUnit.SECONDS);

    taken.countDown();
  }

  @Test
  void anErrorOfTheDrawingEndsTheProcess() {
    Screen screen =
        screen(
            OutputStream.nullOutputStream(),
            () -> {
              throw new StackOverflowError("too deep");
            });
    screen.start(PACE);

    await().until(() -> !failures.isEmpty());

    assertThat(failures.get(0)).contains("too deep");
    screen.close();
  }
}
