package io.zibrato.statvent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an application calls, in a process of its own, and {@code cat} at its pipe. */
@Timeout(120)
class StatsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String ALL =
      "{100th wait=2.5, 95th wait=2.5, 99th wait=2.5, bytes=0.5, mean wait=2.5, median wait=2.5,"
          + " orders=42, query 100th=4, query 95th=3, query 99th=3, query mean=2.5, query median=2,"
          + " users=7}";

  private static final String TWO_THREADS = "[zibrato-statvent, zibrato-statvent-watch]";

  @TempDir Path dir;
  private Process process;
  private BufferedReader out;

  @BeforeEach
  void start() throws IOException {
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dzibrato.statvent.pipe-dir=" + dir.resolve("pipes"),
                "-cp",
                System.getProperty("java.class.path"),
                RecordingProcess.class.getName())
            .redirectError(dir.resolve("stderr.txt").toFile())
            .start();
    out = process.inputReader(StandardCharsets.UTF_8);
  }

  @AfterEach
  void end() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** What it has then. */
  private String tell(String word) throws IOException {
    process.getOutputStream().write((word + "\n").getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
    return out.readLine();
  }

  private Path pipe() {
    return dir.resolve("pipes").resolve(process.pid() + ".stats");
  }

  private List<String> cat() throws IOException, InterruptedException {
    await().atMost(PATIENCE).until(() -> Files.exists(pipe()));
    Process cat = new ProcessBuilder("cat", pipe().toString()).start();
    List<String> lines = cat.inputReader(StandardCharsets.UTF_8).lines().toList();
    assertThat(cat.waitFor()).isZero();
    return lines;
  }

  @Test
  void getAll_hasAllThatWasRecorded() throws Exception {
    assertThat(tell("record")).isEqualTo(ALL);
    assertThat(dir.resolve("pipes")).doesNotExist();
  }

  @Test
  void secondStartRecorder_doesNothing() throws Exception {
    tell("record");
    tell("start");
    assertThat(cat()).contains("orders: 42", "users: 7", "bytes: 0.500000", "query median: 2");
    await().atMost(PATIENCE).until(() -> tell("threads"), TWO_THREADS::equals);
    Object pipe = identity();

    tell("start");

    assertThat(tell("threads")).isEqualTo(TWO_THREADS);
    assertThat(identity()).isEqualTo(pipe);
    assertThat(cat()).contains("orders: 42");
  }

  @Test
  void stopRecorder_removesThePipe_andItMayBeStartedAgain() throws Exception {
    tell("start");
    cat();

    tell("stop");

    assertThat(pipe()).doesNotExist();
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(dir.resolve("pipes")).isEmptyDirectory());
    await().atMost(PATIENCE).until(() -> tell("threads"), "[]"::equals);
    tell("start");
    tell("record");
    assertThat(cat()).contains("orders: 42");
    process.destroy();
    process.waitFor();
    assertThat(pipe()).doesNotExist();
  }

  @Test
  void calculate_isHowValuesAreToldFromThenOn() throws Exception {
    tell("start");
    tell("record");

    assertThat(tell("calculate")).contains("query least=3", "least wait=2.5", "orders=42");

    assertThat(cat())
        .contains("#zibrato calculated: 1", "query least: 3", "least wait: 2.500000")
        .noneMatch(line -> line.contains("median"));
  }

  private Object identity() throws IOException {
    return Files.readAttributes(pipe(), BasicFileAttributes.class).fileKey();
  }
}
