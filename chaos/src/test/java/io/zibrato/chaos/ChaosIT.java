package io.zibrato.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real processes, under faults of a new seed each time, which the output names. */
class ChaosIT {
  private static final Path HOME = Path.of("..").toAbsolutePath().normalize();
  private static final double MINUTES =
      Double.parseDouble(System.getProperty("zibrato.test.chaos-minutes"));

  @TempDir private Path dir;

  @Test
  void allHolds() throws Exception {
    String seed = Integer.toString(new Random().nextInt(1_000_000));
    Path output = dir.resolve("output.txt");
    int exit = run(output, "--minutes", "" + MINUTES, "--seed", seed, "--results", dir.toString());

    assertThat(exit).as(Files.readString(output)).isZero();
    assertThat(Files.readString(output)).contains("**All holds.**").contains("seed " + seed);
    try (Stream<Path> files = Files.list(dir)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .anyMatch(name -> name.endsWith("-chaos-" + seed + ".md"))
          .anyMatch(name -> name.endsWith("-chaos-" + seed + ".txt"));
    }
  }

  /** All steps, and nothing but those: in so short a run not each of them would be drawn. */
  @Test
  void workersThatDieAtAnyStep_loseAndDoubleNothing() throws Exception {
    Path output = dir.resolve("output.txt");
    int exit = run(output, "--minutes", "0.4", "--seed", "1", "--only", "kill-at-step");

    assertThat(exit).as(Files.readString(output)).isZero();
    assertThat(Files.readString(output)).contains(" dies at ");
  }

  @Test
  void badFlag_exits2() throws Exception {
    Path output = dir.resolve("output.txt");

    assertThat(run(output, "--only", "kill-everybody")).isEqualTo(2);
    assertThat(Files.readString(output)).contains("--only").contains("\"kill-everybody\"");
    assertThat(run(output, "--minutes", "0")).isEqualTo(2);
    assertThat(Files.readString(output)).contains("--minutes").contains("\"0.0\"");
  }

  private static int run(Path output, String... args) throws Exception {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    List<String> command =
        new ArrayList<>(
            List.of(java.toString(), "-jar", HOME.resolve("chaos/target/zibrato-chaos.jar") + ""));
    command.addAll(List.of("--home", HOME.toString()));
    command.addAll(List.of(args));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    boolean ended = process.waitFor((long) (60 * MINUTES) + 400, TimeUnit.SECONDS);
    process.destroyForcibly();
    assertThat(ended).as(Files.readString(output)).isTrue();
    return process.exitValue();
  }
}
