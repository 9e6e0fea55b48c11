package io.zibrato.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BenchIT {
  private static String bench(int exit, String... args) throws Exception {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Stream<String> command =
        Stream.of(java.toString(), "-jar", System.getProperty("zibrato.bench.jar"));
    Process process =
        new ProcessBuilder(Stream.concat(command, Stream.of(args)).toList())
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isEqualTo(exit);
    return output;
  }

  @Test
  void quickRun_measuresJudgesAndWrites(@TempDir Path dir) throws Exception {
    String only = "(CompileTime|LoadTime)\\.count$";

    String output = bench(0, "--quick", "--only", only, "--results", dir.toString());

    assertThat(output)
        .contains("too short to judge by", "| CompileTime.count / Floors.longAdder, 1 thread")
        .contains("| LoadTime.count / Floors.longAdder, 2 threads")
        .doesNotContain("NaN", "without a result");
    try (Stream<Path> files = Files.list(dir)) {
      List<String> names = files.map(file -> file.getFileName().toString()).sorted().toList();
      assertThat(names).hasSize(3);
      assertThat(names.get(0)).endsWith("-calls-quick.json");
      assertThat(names.get(1)).endsWith("-calls-quick.md");
      assertThat(names.get(2)).endsWith("-calls-quick.txt");
      assertThat(Files.readString(dir.resolve(names.get(1))))
          .contains("| Floors.longAdder |", "too short to judge by", "Nanoseconds a call");
      assertThat(Files.readString(dir.resolve(names.get(0))))
          .doesNotContain(System.getProperty("java.home"));
      assertThat(Measured.read(Files.readString(dir.resolve(names.get(0))))).hasSize(10);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"broker-dead", "service-gone"})
  void runInTrouble_measuresAllTheSame(String trouble, @TempDir Path dir) throws Exception {
    String only = "CompileTime\\.count$";

    String output =
        bench(0, "--quick", "--only", only, "--while", trouble, "--results", dir.toString());

    assertThat(output).contains("| CompileTime.count / Floors.longAdder, 2 threads");
    try (Stream<Path> files = Files.list(dir)) {
      assertThat(files).anyMatch(file -> file.toString().contains("-calls-while-" + trouble));
    }
  }

  @Test
  void badFlag_exitsWith2() throws Exception {
    assertThat(bench(2, "--forks", "many")).contains("--forks", "many");
    assertThat(bench(2, "--while", "raining")).contains("--while", "\"raining\"");
  }
}
