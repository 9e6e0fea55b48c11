package io.zibrato.backends.graphite;

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

class GraphiteFlagsTest {
  @TempDir Path dir;
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private GraphiteOptions options;

  @Test
  void options_haveDefaults() {
    run();

    assertThat(options.state()).endsWithRaw(Path.of("zibrato", "graphite"));
    assertThat(options.host()).isEqualTo("127.0.0.1");
    assertThat(options.port()).isEqualTo(2003);
    assertThat(options.pickle()).isFalse();
    assertThat(options.prefix()).isEmpty();
    assertThat(options.template()).isEqualTo("{source}.{name}");
    assertThat(options.tags()).isFalse();
    assertThat(options.resolutionSeconds()).isEqualTo(60);
    assertThat(options.percentiles()).isEmpty();
    assertThat(options.resend()).hasMinutes(5);
    assertThat(options.timeout()).hasSeconds(10);
  }

  @Test
  void options_ofFlags() {
    run(
        "--url",
        "tcp://[::1]",
        "--protocol",
        "pickle",
        "--prefix",
        "zibrato",
        "--template",
        "apps.{name}.{source}",
        "--tags",
        "graphite",
        "--state",
        dir.toString(),
        "--flush",
        "10",
        "--resolution",
        "600",
        "--percentiles",
        "50, 99.9",
        "--resend",
        "60",
        "--timeout",
        "0.5");

    assertThat(options.host()).isEqualTo("::1");
    assertThat(options.port()).isEqualTo(2004);
    assertThat(options.pickle()).isTrue();
    assertThat(options.prefix()).isEqualTo("zibrato");
    assertThat(options.template()).isEqualTo("apps.{name}.{source}");
    assertThat(options.tags()).isTrue();
    assertThat(options.state()).isEqualTo(dir);
    assertThat(options.resolutionSeconds()).isEqualTo(600);
    assertThat(options.percentiles()).containsExactly("50", "99.9");
    assertThat(options.resend()).hasMinutes(1);
    assertThat(options.timeout()).hasMillis(500);
  }

  @Test
  void options_ofAFile() throws Exception {
    Path file = Files.writeString(dir.resolve("g.properties"), "prefix=a.b\nresolution=1\n");
    run("--config", file.toString(), "--url", "tcp://carbon.example:22003");

    assertThat(options.prefix()).isEqualTo("a.b");
    assertThat(options.resolutionSeconds()).isEqualTo(1);
    assertThat(options.port()).isEqualTo(22003);
  }

  @ParameterizedTest
  @CsvSource({
    "--url, udp://127.0.0.1:2003",
    "--url, 127.0.0.1:2003",
    "--url, 'tcp://'",
    "--url, tcp:127.0.0.1",
    "--url, tcp://127.0.0.1:2003/x",
    "--protocol, json",
    "--tags, influx",
    "--prefix, 'a b'",
    "--template, '{name}'",
    "--resolution, 0",
    "--resolution, 86401",
    "--resolution, soon",
    "--percentiles, 101",
    "--percentiles, '50,50'",
    "--resend, never",
    "--timeout, 0"
  })
  void flags_nameFlagAndValue(String flag, String value) {
    assertThat(run(flag, value)).isEqualTo(Command.USAGE);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains(flag).contains('"' + value + '"');
  }

  @Test
  void readme_hasThemAll() throws Exception {
    assertThat(FlagsTable.missing(new GraphiteFlags(), Path.of("README.md"))).isEmpty();
  }

  private int run(String... args) {
    Command.Opener<GraphiteFlags> opener =
        (flags, out, stop) -> {
          options = flags.options();
          throw new IOException("that was all");
        };
    return new Command<>("zibrato-graphite", new GraphiteFlags(), opener)
        .run(args, new PrintStream(System.out), new PrintStream(err, true));
  }
}
