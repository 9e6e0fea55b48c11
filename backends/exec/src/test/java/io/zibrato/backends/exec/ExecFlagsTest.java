package io.zibrato.backends.exec;

import static org.assertj.core.api.Assertions.assertThat;

import io.zibrato.backends.testing.FlagsTable;
import io.zibrato.daemon.Command;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExecFlagsTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private ExecOptions options;

  @Test
  void options_haveDefaults() {
    run("--command", "cat");

    assertThat(options)
        .isEqualTo(
            new ExecOptions("cat", false, 1000, Duration.ofSeconds(30), Duration.ofSeconds(5)));
  }

  @Test
  void options_ofFlags() {
    run(
        "--command",
        "a b",
        "--ack",
        "--batch-size",
        "7",
        "--timeout",
        "0.5",
        "--stop-timeout",
        "0.01");

    assertThat(options)
        .isEqualTo(new ExecOptions("a b", true, 7, Duration.ofMillis(500), Duration.ofMillis(10)));
  }

  @ParameterizedTest
  @CsvSource({
    "--command, ' '",
    "--batch-size, 0",
    "--batch-size, 10001",
    "--batch-size, many",
    "--timeout, 0",
    "--timeout, soon",
    "--stop-timeout, -1"
  })
  void flags_nameFlagAndValue(String flag, String value) {
    List<String> args = new ArrayList<>(List.of(flag, value));
    if (!flag.equals("--command")) args.addAll(List.of("--command", "cat"));
    assertThat(run(args.toArray(String[]::new))).isEqualTo(Command.USAGE);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains(flag).contains('"' + value + '"');
  }

  @Test
  void command_missing() {
    assertThat(run()).isEqualTo(Command.USAGE);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("--command: missing");
  }

  @Test
  void readme_hasThemAll() throws Exception {
    assertThat(FlagsTable.missing(new ExecFlags(), Path.of("README.md"))).isEmpty();
  }

  private int run(String... args) {
    Command.Opener<ExecFlags> opener =
        (flags, out, stop) -> {
          options = flags.options();
          throw new IOException("that was all");
        };
    return new Command<>("zibrato-exec", new ExecFlags(), opener)
        .run(args, new PrintStream(System.out), new PrintStream(err, true));
  }
}
