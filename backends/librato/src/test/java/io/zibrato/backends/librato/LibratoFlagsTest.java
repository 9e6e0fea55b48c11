package io.zibrato.backends.librato;

import static org.assertj.core.api.Assertions.assertThat;

import io.zibrato.daemon.Command;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LibratoFlagsTest {
  @TempDir Path dir;

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private Map<String, String> environment = Map.of();
  private LibratoOptions options;

  @Test
  void options_haveDefaults() {
    run();

    assertThat(options.url()).isEqualTo(URI.create("http://127.0.0.1:7827"));
    assertThat(options.hasCredentials()).isFalse();
    assertThat(options.percentiles()).isEmpty();
    assertThat(options.timeout()).hasSeconds(10);
  }

  @Test
  void options_ofFlags() {
    run(
        "--url",
        "https://example.com/api/",
        "--username",
        "u",
        "--apitoken",
        "t",
        "--percentiles",
        "50, 99.9",
        "--prefix",
        "p",
        "--timeout",
        "0.5");

    assertThat(options.url()).isEqualTo(URI.create("https://example.com/api"));
    assertThat(options.username()).isEqualTo("u");
    assertThat(options.apiToken()).isEqualTo("t");
    assertThat(options.percentiles()).containsExactly("50", "99.9");
    assertThat(options.prefix()).isEqualTo("p");
    assertThat(options.timeout()).hasMillis(500);
  }

  @Test
  void credentials_fromTheEnvironment() {
    environment = Map.of("LIBRATO_USER", "u", "LIBRATO_TOKEN", "secret");
    run("--url", "https://example.com");

    assertThat(options.username()).isEqualTo("u");
    assertThat(options.apiToken()).isEqualTo("secret");
    assertThat(options.toString()).doesNotContain("secret");
  }

  @Test
  void credentials_fromAFile() throws Exception {
    Path file = Files.writeString(dir.resolve("token"), "secret\n");
    run("--username", "u", "--apitoken-file", file.toString());

    assertThat(options.apiToken()).isEqualTo("secret");
  }

  @Test
  void credentials_bothOrNeither() throws Exception {
    assertThat(run("--username", "u")).isEqualTo(Command.USAGE);
    assertThat(err()).contains("--apitoken").contains("\"u\"");
    err.reset();
    assertThat(run("--apitoken", "secret")).isEqualTo(Command.USAGE);
    assertThat(err()).contains("--username").doesNotContain("secret");
    err.reset();
    assertThat(run("--url", "https://example.com")).isEqualTo(Command.USAGE);
    assertThat(err()).contains("--username").contains("https://example.com");
    err.reset();
    Path empty = Files.writeString(dir.resolve("empty"), " \n");
    assertThat(run("--username", "u", "--apitoken-file", empty.toString()))
        .isEqualTo(Command.USAGE);
    assertThat(err()).contains("--apitoken-file").contains(empty.toString());
    err.reset();
    assertThat(run("--username", "u", "--apitoken", "secret", "--apitoken-file", "x"))
        .isEqualTo(Command.USAGE);
    assertThat(err()).contains("--apitoken-file").doesNotContain("secret");
  }

  @ParameterizedTest
  @CsvSource({
    "--url, ftp://example.com",
    "--url, example.com",
    "--url, 'http://'",
    "--url, 'http://u:p@example.com'",
    "--url, 'http://example.com/?a=b'",
    "--url, 'http://a b'",
    "--username, 'a:b'",
    "--apitoken-file, no/such/file",
    "--percentiles, 101",
    "--percentiles, '50,,99'",
    "--percentiles, '50,50'",
    "--percentiles, x",
    "--percentiles, -1",
    "--prefix, 'a b'",
    "--timeout, 0",
    "--timeout, soon"
  })
  void flags_nameFlagAndValue(String flag, String value) {
    assertThat(run(flag, value)).isEqualTo(Command.USAGE);
    assertThat(err()).contains(flag).contains('"' + value + '"');
  }

  private int run(String... args) {
    Command.Opener<LibratoFlags> opener =
        (flags, out, stop) -> {
          options = flags.options();
          throw new IOException("that was all");
        };
    return new Command<>("zibrato-librato", new LibratoFlags(environment), opener)
        .run(args, new PrintStream(System.out), new PrintStream(err, true));
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
