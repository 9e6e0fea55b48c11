package io.zibrato.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchFlagsTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... args) {
    return BenchMain.run(
        args,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  private void refuses(String flag, String value) {
    assertThat(run(flag, value)).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains(flag + ": ", '"' + value + '"');
  }

  @Test
  void jdk_withoutJava(@TempDir Path dir) {
    refuses("--jdk", dir.toString());
  }

  @Test
  void only_notARegex() {
    refuses("--only", "(");
  }

  @Test
  void only_findsNothing() {
    refuses("--only", "no such benchmark");
  }

  @Test
  void forks_none() {
    refuses("--forks", "0");
  }

  @Test
  void results_notAFolder(@TempDir Path dir) throws Exception {
    refuses("--results", Files.writeString(dir.resolve("file"), "").toString());
  }

  @Test
  void unknownFlag() {
    assertThat(run("--nope")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("--nope");
  }

  @Test
  void help() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("--only", "--quick", "--jdk");
  }

  @Test
  void version() {
    assertThat(run("--version")).isZero();
  }
}
