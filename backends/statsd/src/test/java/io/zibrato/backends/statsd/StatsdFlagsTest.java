package io.zibrato.backends.statsd;

import static org.assertj.core.api.Assertions.assertThat;

import io.zibrato.backends.testing.FlagsTable;
import io.zibrato.daemon.Command;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatsdFlagsTest {
  @TempDir Path dir;
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private StatsdOptions options;

  @Test
  void options_haveDefaults() {
    run();

    assertThat(options.tcp()).isFalse();
    assertThat(options.host()).isEqualTo("127.0.0.1");
    assertThat(options.port()).isEqualTo(8125);
    assertThat(options.dialect()).isEqualTo(Dialect.STATSD);
    assertThat(options.timerType()).isEqualTo("ms");
    assertThat(options.timerSamples()).isEqualTo(100);
    assertThat(options.mtu()).isEqualTo(1432);
    assertThat(options.packetsPerSecond()).isEqualTo(1000);
    assertThat(options.prefix()).isEmpty();
    assertThat(options.template()).isEqualTo("{source}.{name}");
    assertThat(options.confirm()).isTrue();
    assertThat(options.timeout()).hasSeconds(10);
  }

  @Test
  void options_ofFlags() {
    run(
        "--url",
        "tcp://[::1]:9125",
        "--dialect",
        "dogstatsd",
        "--timer-samples",
        "7",
        "--mtu",
        "8932",
        "--rate",
        "50",
        "--prefix",
        "shop.eu",
        "--no-confirm",
        "--timeout",
        "0.5");

    assertThat(options.tcp()).isTrue();
    assertThat(options.host()).isEqualTo("::1");
    assertThat(options.port()).isEqualTo(9125);
    assertThat(options.timerType()).isEqualTo("d");
    assertThat(options.timerSamples()).isEqualTo(7);
    assertThat(options.mtu()).isEqualTo(8932);
    assertThat(options.packetsPerSecond()).isEqualTo(50);
    assertThat(options.prefix()).isEqualTo("shop.eu");
    assertThat(options.confirm()).isFalse();
    assertThat(options.timeout()).hasMillis(500);
  }

  @Test
  void options_ofAFile() throws Exception {
    Path file =
        Files.writeString(dir.resolve("statsd.properties"), "url=tcp://127.0.0.1\nmtu=512\n");
    run("--config", file.toString());

    assertThat(options.tcp()).isTrue();
    assertThat(options.port()).isEqualTo(8125);
    assertThat(options.mtu()).isEqualTo(512);
  }

  @ParameterizedTest
  @CsvSource({
    "--url, http://127.0.0.1",
    "--url, 127.0.0.1:8125",
    "--url, 'udp://'",
    "--url, udp://127.0.0.1:0",
    "--url, udp://127.0.0.1:70000",
    "--url, udp://127.0.0.1:8125/path",
    "--url, udp://u@127.0.0.1:8125",
    "--url, 'udp://a b'",
    "--dialect, influx",
    "--timers, s",
    "--timers, d",
    "--timer-samples, 0",
    "--mtu, 100",
    "--mtu, 70000",
    "--mtu, big",
    "--rate, 0",
    "--prefix, 'a b'",
    "--prefix, a.",
    "--template, '{name}'",
    "--timeout, 0"
  })
  void flags_nameFlagAndValue(String flag, String value) {
    assertThat(run(flag, value)).isEqualTo(Command.USAGE);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains(flag).contains('"' + value + '"');
  }

  @Test
  void prefix_isOneThatDatadogTakes() {
    assertThat(run("--prefix", "my-shop")).isNotEqualTo(Command.USAGE);
    assertThat(run("--prefix", "my-shop", "--dialect", "dogstatsd")).isEqualTo(Command.USAGE);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("--prefix").contains("\"my-shop\"");
  }

  @Test
  void readme_hasThemAll() throws Exception {
    assertThat(FlagsTable.missing(new StatsdFlags(), Path.of("README.md"))).isEmpty();
  }

  private int run(String... args) {
    Command.Opener<StatsdFlags> opener =
        (flags, out, stop) -> {
          options = flags.options();
          throw new IOException("that was all");
        };
    return new Command<>("zibrato-statsd", new StatsdFlags(), opener)
        .run(args, new PrintStream(System.out), new PrintStream(err, true));
  }
}
