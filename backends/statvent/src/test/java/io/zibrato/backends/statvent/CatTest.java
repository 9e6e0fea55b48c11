package io.zibrato.backends.statvent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command itself, or a shell in its place. */
@Timeout(60)
class CatTest {
  @TempDir Path dir;
  private final byte[] buffer = new byte[100];

  private static Process shell(String script) throws IOException {
    return new ProcessBuilder("sh", "-c", script).start();
  }

  @Test
  void read_tellsAllThatItSaysAndThenTheEnd() throws Exception {
    Path file = Files.writeString(dir.resolve("file"), "a: 1\n");
    try (Connection cat = Cat.open(file)) {
      assertThat(new String(buffer, 0, cat.read(buffer))).isEqualTo("a: 1\n");
      assertThat(cat.read(buffer)).isNegative();
    }
  }

  @Test
  void commandThatFails_isNoEnd() throws Exception {
    try (Cat cat = Cat.of(shell("echo 'a: 1'; echo 'Permission denied' >&2; exit 1"))) {
      assertThat(cat.read(buffer)).isEqualTo(5);
      assertThatThrownBy(() -> cat.read(buffer)).hasMessage("Permission denied");
    }
  }

  @Test
  void handOver_endsAReadAndNotTheCommand() throws Exception {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Process command = shell("read line");
    Cat cat = Cat.of(command);
    Thread reader =
        new Thread(
            () -> {
              try {
                cat.read(buffer);
              } catch (IOException e) {
                thrown.set(e);
              }
            },
            "test-reader");
    reader.start();
    await().until(() -> reader.getState() == Thread.State.TIMED_WAITING);

    try (Connection.Waiting next = cat.handOver(null)) {
      reader.join();
      assertThat(thrown.get()).isInstanceOf(ClosedChannelException.class);
      assertThat(next.hasNews()).isFalse();
    }
    await().until(() -> !command.isAlive());
  }
}
