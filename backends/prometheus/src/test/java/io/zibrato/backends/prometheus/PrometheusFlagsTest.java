package io.zibrato.backends.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.zibrato.backends.testing.FlagsTable;
import io.zibrato.daemon.Command;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrometheusFlagsTest {
  private static final String RECEIVER = "http://127.0.0.1:8428/api/v1/write";

  @TempDir Path dir;
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private Map<String, String> environment = Map.of();
  private PrometheusOptions options;

  @Test
  void options_haveDefaults() {
    run("--state", dir.toString());

    assertThat(options.listen()).contains(InetSocketAddress.createUnresolved("127.0.0.1", 9464));
    assertThat(options.remoteWrite()).isEmpty();
    assertThat(options.authorization()).isEmpty();
    assertThat(options.timeout()).hasSeconds(10);
    assertThat(options.bucketsPerDoubling()).isEqualTo(1);
    assertThat(options.totals().folder()).isEqualTo(dir);
    assertThat(options.totals().staleAfter()).hasDays(1);
    assertThat(options.totals().maxSeries()).isEqualTo(100_000);
  }

  @Test
  void options_ofRemoteWrite() throws Exception {
    Path secret = Files.writeString(dir.resolve("secret"), "open sesame\n");
    run("--remote-write", RECEIVER, "--username", "ali", "--password-file", secret.toString());

    assertThat(options.listen()).isEmpty();
    assertThat(options.remoteWrite()).contains(URI.create(RECEIVER));
    assertThat(options.authorization()).isEqualTo("Basic YWxpOm9wZW4gc2VzYW1l");
    assertThat(options.toString()).doesNotContain("YWxp");
  }

  @Test
  void options_ofTotals() {
    environment = Map.of("PROMETHEUS_PASSWORD", "open sesame");
    run(
        "--remote-write",
        RECEIVER,
        "--username",
        "ali",
        "--stale-after",
        "60",
        "--max-series",
        "7",
        "--buckets-per-doubling",
        "16");

    assertThat(options.authorization()).isEqualTo("Basic YWxpOm9wZW4gc2VzYW1l");
    assertThat(options.totals().staleAfter()).hasSeconds(60);
    assertThat(options.totals().maxSeries()).isEqualTo(7);
    assertThat(options.bucketsPerDoubling()).isEqualTo(16);
  }

  @Test
  void listen_ofIpv6() {
    run("--listen", "[::1]:0");

    assertThat(options.listen()).contains(InetSocketAddress.createUnresolved("::1", 0));
  }

  /** Scrapes would stand still while the receiver is away. */
  @Test
  void listen_doesNotGoWithRemoteWrite() {
    assertThat(run("--listen", "127.0.0.1:0", "--remote-write", RECEIVER)).isEqualTo(Command.USAGE);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("--listen: does not go with --remote-write")
        .contains("a worker for each");
  }

  @ParameterizedTest
  @CsvSource({
    "--listen, 9464",
    "--listen, 127.0.0.1",
    "--listen, '127.0.0.1:9464/x'",
    "--listen, 127.0.0.1:65536",
    "--remote-write, ftp://127.0.0.1/",
    "--remote-write, 127.0.0.1:8428",
    "--username, 'a:b'",
    "--username, ali",
    "--timeout, 0",
    "--buckets-per-doubling, 3",
    "--buckets-per-doubling, 32",
    "--stale-after, 0.5",
    "--max-series, 0"
  })
  void flags_nameFlagAndValue(String flag, String value) {
    assertThat(run(flag, value)).isEqualTo(Command.USAGE);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains(flag).contains('"' + value + '"');
  }

  @Test
  void readme_hasThemAll() throws Exception {
    Path readme = Path.of("README.md");

    assertThat(FlagsTable.missing(new PrometheusFlags(Map.of()), readme)).isEmpty();
    assertThat(Files.readString(readme))
        .contains("| `--stale-after` | `86400` |")
        .contains("| `--max-series` | `100000` |");
  }

  private int run(String... args) {
    Command.Opener<PrometheusFlags> opener =
        (flags, out, stop) -> {
          options = flags.options();
          throw new IOException("that was all");
        };
    return new Command<>("zibrato-prometheus", new PrometheusFlags(environment), opener)
        .run(args, new PrintStream(System.out), new PrintStream(err, true));
  }
}
