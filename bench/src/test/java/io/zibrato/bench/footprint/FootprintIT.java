package io.zibrato.bench.footprint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FootprintIT {
  @Test
  void quickRun_measuresAndTells(@TempDir Path dir) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("zibrato.bench.jar"),
                FootprintMain.class.getName(),
                "--quick",
                "--only",
                "^counter$",
                "--results",
                dir.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said).contains("| what | measured | bound | holds |", "one counter series");
    assertThat(said).contains("too short to judge");
    assertThat(written(dir)).contains("# Footprint", "one counter series", "bytes-per-series");
  }

  private static String written(Path dir) throws Exception {
    try (Stream<Path> files = Files.list(dir)) {
      List<Path> all = files.toList();
      assertThat(all).hasSize(1);
      assertThat(all.get(0).getFileName().toString()).endsWith("-footprint.md");
      return Files.readString(all.get(0));
    }
  }
}
