package io.zibrato.backends.statvent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatventFlagsTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... args) {
    return StatventMain.run(
        args,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource({
    "--port, 70000",
    "--port, x",
    "--path, stats",
    "--path, /metrics",
    "--path, /a?b",
    "--ip, ' '",
    "--pipe-dir, ' '",
    "--timeout, 0",
    "--bridge, localhost",
    "--bridge, localhost:0",
    "--bridge, localhost:99999",
  })
  void flagThatCannotBeUsed_isNamedWithItsValue(String flag, String value) {
    assertThat(run(flag, value)).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains(flag).contains(value.strip());
  }

  @Test
  void bridgesFlags_areChecked() {
    assertThat(run("--bridge", "h:1", "--bridge-gauges", "(")).isEqualTo(2);
    assertThat(run("--bridge", "h:1", "--bridge-level", "")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("--bridge-gauges")
        .contains("--bridge-level");
  }

  @Test
  void unknownFlag_isNamed() {
    assertThat(run("--nonsense")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("--nonsense");
  }

  @Test
  void help_saysAllFlagsAndDefaults() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("--ip", "--port", "7828", "--path", "/stats", "--pipe-dir", "/tmp/stats-pipe")
        .contains("--bridge", "--timeout", "0.25");
  }
}
