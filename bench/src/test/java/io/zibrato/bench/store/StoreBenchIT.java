package io.zibrato.bench.store;

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

class StoreBenchIT {
  private static final Path STORE =
      Path.of("..", "backends", "store", "target", "zibrato-store.jar");

  private record Ended(int exitCode, String said) {}

  @Test
  void quick_measuresAll(@TempDir Path dir) throws Exception {
    boolean there =
        Files.exists(Path.of("/usr/bin/taskset")) && Runtime.getRuntime().availableProcessors() > 1;
    if (Boolean.getBoolean("zibrato.test.require-tools")) assertThat(there).isTrue();
    assumeTrue(there, "there is no taskset, or one processor");
    assumeTrue(Files.exists(STORE), "the store is not built");

    Ended ended = run("--quick", "--results", dir.toString());

    assertThat(ended.exitCode).as(ended.said).isZero();
    assertThat(ended.said).contains("Too short to judge");
    assertThat(written(dir))
        .contains("- command: `./zibrato bench store --quick`", "| SQLite alone, rows a second |")
        .contains("of 75000 measurements", "of 144000 as against that");
  }

  @Test
  void badFlag_isNamed() throws Exception {
    Ended ended = run("--days", "1");

    assertThat(ended.exitCode).isEqualTo(2);
    assertThat(ended.said).contains("--days", "\"1\"");
  }

  private static Ended run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("zibrato.bench.jar")));
    command.addAll(List.of(StoreMain.class.getName(), "--home", ".."));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), said);
  }

  private static String written(Path dir) throws IOException {
    try (Stream<Path> files = Files.list(dir)) {
      return Files.readString(files.findFirst().orElseThrow());
    }
  }
}
