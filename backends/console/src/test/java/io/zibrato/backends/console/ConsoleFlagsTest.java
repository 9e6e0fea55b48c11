package io.zibrato.backends.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.zibrato.backends.testing.FlagsTable;
import io.zibrato.daemon.Command;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsoleFlagsTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final ConsoleFlags flags = new ConsoleFlags();

  @Test
  void flags_haveDefaults() {
    run();

    assertThat(flags.json()).isFalse();
    assertThat(flags.order()).isEqualTo(Order.RATE);
    assertThat(flags.window()).isEqualTo(Duration.ofSeconds(10));
    assertThat(flags.pace()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void flags_areTaken() {
    run("--json", "--sort", "p99", "--window", "2.5", "--flush", "0.5");

    assertThat(flags.json()).isTrue();
    assertThat(flags.order()).isEqualTo(Order.P99);
    assertThat(flags.window()).isEqualTo(Duration.ofMillis(2500));
    assertThat(flags.pace()).isEqualTo(Duration.ofMillis(500));
  }

  @ParameterizedTest
  @CsvSource({"0.01, 250", "0.25, 250", "60, 1000"})
  void pace_isBounded(String flush, long millis) {
    run("--flush", flush);

    assertThat(flags.pace()).isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @CsvSource({"--sort, RATE", "--sort, ''", "--sort, size", "--window, 0.5", "--window, 3601"})
  void flags_nameFlagAndValue(String flag, String value) {
    assertThat(run(flag, value)).isEqualTo(Command.USAGE);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains(flag).contains('"' + value);
  }

  @Test
  void readme_hasThemAll() throws Exception {
    assertThat(FlagsTable.missing(new ConsoleFlags(), Path.of("README.md"))).isEmpty();
  }

  private int run(String... args) {
    Command.Opener<ConsoleFlags> opener =
        (checked, out, stop) -> {
          throw new IOException("that was all");
        };
    return new Command<>("zibrato-console", flags, opener)
        .run(args, new PrintStream(System.out), new PrintStream(err, true));
  }
}
