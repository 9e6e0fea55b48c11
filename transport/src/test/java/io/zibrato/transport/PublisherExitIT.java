package io.zibrato.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.zibrato.wire.Frame;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a process counted arrives, however it ends. */
class PublisherExitIT {
  private final FakeBroker broker = new FakeBroker().subscribe("info");
  private Process process;

  @AfterEach
  void end() {
    if (process != null) process.destroyForcibly();
    broker.close();
  }

  @ParameterizedTest
  @CsvSource({"return,0", "exit,7", "throw,1"})
  void lastFrame_arrivesWhenTheProcessEnds(String way, int exitCode) throws Exception {
    start(Path.of(System.getProperty("java.home")), List.of(), way);

    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(exitCode);
    assertLastFrame();
  }

  @Test
  void lastFrames_allArriveOverAnApplicationsContext() throws Exception {
    start(Path.of(System.getProperty("java.home")), List.of(), "context");

    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();

    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () ->
                assertThat(
                        broker.frames("info").stream()
                            .filter(Frame::last)
                            .mapToInt(frame -> frame.counters().size())
                            .sum())
                    .isEqualTo(ExitingProcess.SERIES));
  }

  @Test
  void lastFrame_arrivesWhenTheProcessIsTold() throws Exception {
    start(Path.of(System.getProperty("java.home")), List.of(), "wait");
    process.inputReader(StandardCharsets.UTF_8).readLine();

    process.destroy();

    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertLastFrame();
  }

  @Test
  void process_endsWhenNobodyListens() throws Exception {
    broker.close();
    start(Path.of(System.getProperty("java.home")), List.of(), "return");

    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
  }

  @Test
  void process_worksWithoutUnsafeAndWithoutWarnings() throws Exception {
    Path home = newestJdk();
    start(home, List.of("--sun-misc-unsafe-memory-access=deny"), "return");

    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(output).isEmpty();
    assertThat(process.exitValue()).isZero();
    assertLastFrame();
  }

  private void assertLastFrame() {
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> broker.frames("info").stream().anyMatch(Frame::last));
    assertThat(broker.sum(0)).isEqualTo(3);
  }

  private void start(Path javaHome, List<String> flags, String way) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(javaHome.resolve("bin").resolve("java").toString());
    command.addAll(flags);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("-Dzibrato.port=" + broker.port);
    command.addAll(List.of(ExitingProcess.class.getName(), way));
    process = new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  /** A JDK of 24 or newer: this one, or one installed beside it. */
  private static Path newestJdk() throws IOException {
    Path own = Path.of(System.getProperty("java.home"));
    if (Runtime.version().feature() >= 24) return own;
    try (Stream<Path> homes = Files.list(own.getParent())) {
      Path newer =
          homes
              .filter(home -> Files.isExecutable(home.resolve("bin").resolve("java")))
              .filter(home -> feature(home) >= 24)
              .findFirst()
              .orElse(null);
      if (newer == null && Boolean.getBoolean("zibrato.test.require-tools")) {
        throw new AssertionError("no JDK of 24 or newer beside " + own);
      }
      assumeThat(newer).as("a JDK of 24 or newer").isNotNull();
      return newer;
    }
  }

  /** The version in a JDK's file {@code release}, or 0 if it says none. */
  private static int feature(Path home) {
    try {
      String release = Files.readString(home.resolve("release"));
      Matcher version = Pattern.compile("JAVA_VERSION=\"(\\d+)").matcher(release);
      return version.find() ? Integer.parseInt(version.group(1)) : 0;
    } catch (IOException e) {
      return 0;
    }
  }
}
