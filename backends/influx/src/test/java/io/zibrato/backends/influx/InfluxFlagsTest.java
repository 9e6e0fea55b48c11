package io.zibrato.backends.influx;

import static org.assertj.core.api.Assertions.assertThat;

import io.zibrato.backends.testing.FlagsTable;
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

class InfluxFlagsTest {
  @TempDir Path dir;
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private Map<String, String> environment = Map.of();
  private InfluxOptions options;

  @Test
  void options_haveDefaults() {
    run();

    assertThat(options.write()).isEqualTo(URI.create("http://127.0.0.1:8086/write?db=zibrato"));
    assertThat(options.authorization()).isEmpty();
    assertThat(options.tags()).isEmpty();
    assertThat(options.percentiles()).isEmpty();
    assertThat(options.gzip()).isTrue();
    assertThat(options.timeout()).hasSeconds(10);
  }

  @Test
  void options_ofVersion1() {
    run(
        "--url",
        "https://influx.example:8086/base/",
        "--db",
        "a b",
        "--retention-policy",
        "week",
        "--username",
        "u",
        "--password",
        "p:w",
        "--tags",
        "site=berlin, rack=a b",
        "--percentiles",
        "50, 99.9",
        "--no-gzip",
        "--timeout",
        "0.5");

    assertThat(options.write())
        .isEqualTo(URI.create("https://influx.example:8086/base/write?db=a+b&rp=week"));
    assertThat(options.place()).isEqualTo("database \"a b\"");
    assertThat(options.authorization()).isEqualTo("Basic dTpwOnc=");
    assertThat(options.tags()).isEqualTo(Map.of("site", "berlin", "rack", "a b"));
    assertThat(options.percentiles()).containsExactly("50", "99.9");
    assertThat(options.gzip()).isFalse();
    assertThat(options.timeout()).hasMillis(500);
  }

  @Test
  void options_ofVersion2() throws Exception {
    Path token = Files.writeString(dir.resolve("token"), "secret==\n");
    run("--org", "o&p", "--bucket", "b", "--token-file", token.toString());

    assertThat(options.write())
        .isEqualTo(
            URI.create("http://127.0.0.1:8086/api/v2/write?org=o%26p&bucket=b&precision=ns"));
    assertThat(options.place()).isEqualTo("bucket \"b\"");
    assertThat(options.authorization()).isEqualTo("Token secret==");
  }

  @Test
  void credentials_fromTheEnvironment() {
    environment = Map.of("INFLUX_USERNAME", "u", "INFLUX_PASSWORD", "p", "INFLUX_TOKEN", "t");
    run();
    assertThat(options.authorization()).isEqualTo("Basic dTpw");
    run("--bucket", "b");
    assertThat(options.authorization()).isEqualTo("Token t");
    assertThat(options.write().getQuery()).doesNotContain("org=");
  }

  @Test
  void credentials_bothOrNeither() {
    assertThat(run("--username", "u")).isEqualTo(Command.USAGE);
    assertThat(err()).contains("--password: missing");
    err.reset();
    assertThat(run("--password", "secret")).isEqualTo(Command.USAGE);
    assertThat(err()).contains("--username: missing").doesNotContain("secret");
    err.reset();
    assertThat(run("--token", "secret")).isEqualTo(Command.USAGE);
    assertThat(err()).contains("--token: without --bucket").doesNotContain("secret");
    err.reset();
    assertThat(run("--bucket", "b", "--token", "a secret")).isEqualTo(Command.USAGE);
    assertThat(err()).contains("--token: has characters").doesNotContain("a secret");
  }

  @Test
  void options_ofAFile() throws Exception {
    Path file = Files.writeString(dir.resolve("i.properties"), "db=metrics\ntags=a=b\n");
    run("--config", file.toString());

    assertThat(options.write().getQuery()).isEqualTo("db=metrics");
    assertThat(options.tags()).isEqualTo(Map.of("a", "b"));
  }

  @ParameterizedTest
  @CsvSource({
    "--url, udp://127.0.0.1:8089",
    "--url, 'http://u:p@127.0.0.1'",
    "--url, 'http://127.0.0.1/?db=x'",
    "--url, 127.0.0.1:8086",
    "--org, o",
    "--tags, site",
    "--tags, 'site='",
    "--tags, 'source=a'",
    "--tags, '_a=b'",
    "--tags, 'a=b,a=c'",
    "--percentiles, 101",
    "--percentiles, '50,50'",
    "--timeout, 0"
  })
  void flags_nameFlagAndValue(String flag, String value) {
    assertThat(run(flag, value)).isEqualTo(Command.USAGE);
    assertThat(err()).contains(flag).contains('"' + value + '"');
  }

  @Test
  void bucket_goesWithNothingOfVersion1() {
    assertThat(run("--bucket", "b", "--db", "d")).isEqualTo(Command.USAGE);
    assertThat(err()).contains("--db").contains("\"d\"");
    err.reset();
    assertThat(run("--bucket", "b", "--username", "u")).isEqualTo(Command.USAGE);
    assertThat(err()).contains("--username").contains("\"u\"");
  }

  @Test
  void readme_hasThemAll() throws Exception {
    InfluxFlags flags = new InfluxFlags(Map.of());

    assertThat(FlagsTable.missing(flags, Path.of("README.md"))).isEmpty();
  }

  private int run(String... args) {
    Command.Opener<InfluxFlags> opener =
        (flags, out, stop) -> {
          options = flags.options();
          throw new IOException("that was all");
        };
    return new Command<>("zibrato-influx", new InfluxFlags(environment), opener)
        .run(args, new PrintStream(System.out), new PrintStream(err, true));
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
