package io.zibrato.bench.pipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipeIT {
  private record Ended(int exitCode, String said) {}

  @Test
  void forwarding_quickRunMeasuresBrokerAndProxy(@TempDir Path dir) throws Exception {
    boolean there =
        Files.exists(Path.of("/usr/include/zmq.h")) && Files.isExecutable(Path.of("/usr/bin/gcc"));
    if (Boolean.getBoolean("zibrato.test.require-tools")) assertThat(there).isTrue();
    assumeTrue(there, "gcc and libzmq3-dev are not installed");

    Ended ended = run("--quick", "--only", "forwarding", "--results", dir.toString());

    assertThat(ended.exitCode).as(ended.said).isZero();
    assertThat(ended.said).contains("Too short to judge", "libzmq's proxy, 16 KiB frames");
    assertThat(written(dir, ".md")).contains("| libzmq proxy |", "| broker |", "- commit: ");
    assertThat(written(dir, ".txt")).contains("broker: sent ");
  }

  @Test
  void series_quickRunMeasuresTheWorker(@TempDir Path dir) throws Exception {
    Ended ended = run("--quick", "--only", "series", "--results", dir.toString());

    assertThat(ended.exitCode).as(ended.said).isZero();
    assertThat(ended.said).contains("slowest flush of a worker with 100000 series");
    assertThat(written(dir, ".md")).contains("| 10000 |", "| 100000 |");
  }

  @Test
  void badFlag_isNamed() throws Exception {
    Ended ended = run("--only", "nothing");

    assertThat(ended.exitCode).isEqualTo(2);
    assertThat(ended.said).contains("--only", "\"nothing\"");
  }

  private static Ended run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("zibrato.bench.jar")));
    command.addAll(List.of(PipeMain.class.getName(), "--home", ".."));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), said);
  }

  private static String written(Path dir, String suffix) throws IOException {
    try (Stream<Path> files = Files.list(dir)) {
      Path file = files.filter(each -> each.toString().endsWith(suffix)).findFirst().orElseThrow();
      return Files.readString(file);
    }
  }
}
