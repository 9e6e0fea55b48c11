package io.zibrato.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.zibrato.daemon.Command;
import io.zibrato.store.http.Credentials;
import io.zibrato.store.points.Retention;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoreFlagsTest {
  @TempDir Path dir;

  @Test
  void options_defaults() {
    final StoreOptions options = options(Map.of("XDG_STATE_HOME", "/state"));

    assertThat(options.address().getHostAddress()).isEqualTo("127.0.0.1");
    assertThat(options.port()).isEqualTo(7827);
    assertThat(options.data()).isEqualTo(Path.of("/state/zibrato/store"));
    assertThat(options.credentials()).isEmpty();
    final long day = 86_400;
    assertThat(options.retention())
        .isEqualTo(new Retention(7 * day, 30 * day, 365 * day, Retention.FOREVER));
  }

  @Test
  void options_howLongToKeep() {
    assertThat(
            options(
                    Map.of(),
                    "--keep-raw",
                    "36h",
                    "--keep-60s",
                    "2w",
                    "--keep-900s",
                    "forever",
                    "--keep-3600s",
                    "1y")
                .retention())
        .isEqualTo(new Retention(129_600, 1_209_600, Retention.FOREVER, 31_536_000));
  }

  @Test
  void options_dataWithoutXdg() {
    assertThat(options(Map.of("XDG_STATE_HOME", "relative")).data())
        .isEqualTo(Path.of(System.getProperty("user.home"), ".local/state/zibrato/store"));
  }

  @Test
  void options_flagsGoBeforeTheEnvironment() {
    final Map<String, String> environment = Map.of("LIBRATO_USER", "eu", "LIBRATO_TOKEN", "et");

    assertThat(options(environment).credentials()).contains(new Credentials("eu", "et"));
    assertThat(options(environment, "--username", "u", "--apitoken", "t").credentials())
        .contains(new Credentials("u", "t"));
  }

  @Test
  void options_tokenInAFile() throws Exception {
    final String file = Files.writeString(dir.resolve("token"), "secret \nmore\n").toString();

    assertThat(options(Map.of(), "--username", "u", "--apitoken-file", file).credentials())
        .contains(new Credentials("u", "secret"));
  }

  @Test
  void options_configBelowTheCommandLine() throws Exception {
    final Path token = Files.writeString(dir.resolve("token"), "secret\n");
    final String config =
        Files.writeString(
                dir.resolve("store.properties"),
                "port=1\ndata=/data\nusername=u\napitoken-file=" + token + "\n")
            .toString();
    final Map<String, String> environment = Map.of("LIBRATO_USER", "eu", "LIBRATO_TOKEN", "et");

    final StoreOptions options = options(environment, "--port", "2", "--config", config);

    assertThat(options.port()).isEqualTo(2);
    assertThat(options.data()).isEqualTo(Path.of("/data"));
    assertThat(options.credentials()).contains(new Credentials("u", "secret"));
  }

  @Test
  void options_refusesAndNamesWhatIsInTheConfig() throws Exception {
    final Path config = dir.resolve("store.properties");

    Files.writeString(config, "port=x\n");
    assertThat(refusal("--config", config.toString())).contains("--port").contains("x");
    Files.writeString(config, "prot=1\n");
    assertThat(refusal("--config", config.toString())).contains("--config").contains("prot");
  }

  @Test
  void options_anyHostWithCredentials() {
    final String[] args = {"--host", "0.0.0.0", "--username", "u", "--apitoken", "t"};

    assertThat(options(Map.of(), args).address().isAnyLocalAddress()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--port x | --port | x",
        "--port 65536 | --port | 65536",
        "--port -1 | --port | -1",
        "--host no.such.host.invalid | --host | no.such.host.invalid",
        "--host 0.0.0.0 | --host | 0.0.0.0",
        "--username u | --username | u",
        "--apitoken t | --apitoken | --username",
        "--apitoken t --apitoken-file f | --apitoken-file | f",
        "--username a:b --apitoken t | --username | a:b",
        "--apitoken-file /no/such/file | --apitoken-file | /no/such/file",
        "--prot 1 | --prot | --prot",
        "surplus | surplus | surplus",
        "@surplus | @surplus | @surplus",
        "--port | --port | --port",
      })
  void parse_refusesAndNames(String line, String flag, String value) {
    assertThat(refusal(line.split(" "))).contains(flag).contains(value);
  }

  @Test
  void options_refusesEmptyValues() {
    assertThat(refusal("--data", "")).contains("--data");
    assertThat(refusal("--host", "")).contains("--host");
    assertThat(refusal("--username", "", "--apitoken", "t")).contains("--username");
    assertThat(refusal("--username", "u", "--apitoken", "")).contains("--apitoken");
  }

  private static StoreOptions options(Map<String, String> environment, String... args) {
    final StoreFlags flags = new StoreFlags(environment);
    final String[] said = new String[1];
    assertThat(run(flags, said, args)).as(said[0]).isEqualTo(Command.FAILED);
    return flags.options();
  }

  private static String refusal(String... args) {
    final String[] said = new String[1];
    assertThat(run(new StoreFlags(Map.of()), said, args)).isEqualTo(Command.USAGE);
    return said[0];
  }

  /** Parses, and starts nothing: what would, ends at once as failed. */
  private static int run(StoreFlags flags, String[] said, String... args) {
    final ByteArrayOutputStream err = new ByteArrayOutputStream();
    final Command.Opener<StoreFlags> opener =
        (parsed, out, stop) -> {
          stop.failed("parsed");
          return () -> {};
        };
    final PrintStream print = new PrintStream(err, true, StandardCharsets.UTF_8);
    final int code = new Command<>("zibrato-store", flags, opener).run(args, print, print);
    said[0] = err.toString(StandardCharsets.UTF_8);
    return code;
  }
}
