package io.zibrato.backends;

import static org.assertj.core.api.Assertions.assertThat;

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

class WorkerFlagsTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private WorkerOptions options;

  @Test
  void options_haveDefaults() {
    run();

    assertThat(options.endpoints()).containsExactly("tcp://127.0.0.1:5551");
    assertThat(options.levels()).isEmpty();
    assertThat(options.flush()).isEqualTo(Duration.ofSeconds(60));
    assertThat(options.spoolMaxBytes()).isEqualTo(512L << 20);
    assertThat(options.spoolMaxAge()).isEqualTo(Duration.ofDays(7));
    assertThat(options.retryMax()).isEqualTo(Duration.ofMinutes(5));
    assertThat(options.state()).endsWithRaw(Path.of("zibrato", "test"));
    assertThat(options.wants("anything")).isTrue();
    assertThat(options.wants("zibrato")).isFalse();
  }

  @Test
  void options_ofFlags() {
    run(
        "--host",
        "a, ::1",
        "--port",
        "7",
        "--levels",
        "info, zibrato",
        "--flush",
        "0.5",
        "--retry-max",
        "2",
        "--spool-max-age",
        "1209600");

    assertThat(options.endpoints()).containsExactly("tcp://a:7", "tcp://[::1]:7");
    assertThat(options.levels()).containsExactlyInAnyOrder("info", "zibrato");
    assertThat(options.wants("zibrato")).isTrue();
    assertThat(options.wants("information")).isFalse();
    assertThat(options.flush()).isEqualTo(Duration.ofMillis(500));
    assertThat(options.retryMax()).isEqualTo(Duration.ofSeconds(2));
    assertThat(options.spoolMaxAge()).isEqualTo(Duration.ofDays(14));
  }

  @ParameterizedTest
  @CsvSource({
    "--host, 'a,,b'",
    "--host, 'a b'",
    "--host, ''",
    "--port, 0",
    "--port, 65536",
    "--port, x",
    "--levels, 'a,,b'",
    "--flush, 0",
    "--flush, soon",
    "--flush, NaN",
    "--spool-max-mb, 0",
    "--spool-max-mb, x",
    "--spool-max-mb, -5",
    "--spool-max-age, soon",
    "--spool-max-age, 0.5",
    "--retry-max, soon",
    "--retry-max, 0.5",
    "--state, ''",
    "--curve-keys, ' '"
  })
  void flags_nameFlagAndValue(String flag, String value) {
    assertThat(run(flag, value)).isEqualTo(Command.USAGE);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains(flag).contains('"' + value + '"');
  }

  private int run(String... args) {
    Command.Opener<WorkerFlags> opener =
        (flags, out, stop) -> {
          options = flags.options("test");
          throw new IOException("that was all");
        };
    Command<WorkerFlags> command = new Command<>("zibrato-test", new WorkerFlags(), opener);
    return command.run(args, new PrintStream(System.out), new PrintStream(err, true));
  }
}
