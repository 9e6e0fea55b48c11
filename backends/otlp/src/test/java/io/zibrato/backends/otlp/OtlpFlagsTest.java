package io.zibrato.backends.otlp;

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

class OtlpFlagsTest {
  @TempDir Path dir;
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private Map<String, String> environment = Map.of();
  private OtlpOptions options;

  @Test
  void options_haveDefaults() {
    run();

    assertThat(options.metrics()).isEqualTo(URI.create("http://127.0.0.1:4318/v1/metrics"));
    assertThat(options.json()).isFalse();
    assertThat(options.headers()).isEmpty();
    assertThat(options.resource()).isEqualTo(Map.of("service.name", "zibrato"));
    assertThat(options.gzip()).isTrue();
    assertThat(options.timeout()).hasSeconds(10);
  }

  @Test
  void options_ofFlags() {
    run(
        "--url",
        "https://otlp.example/base/",
        "--encoding",
        "json",
        "--header",
        "X-A=b,c=d",
        "--header",
        "X-E=f",
        "--resource",
        "service.name=shop",
        "--resource",
        "deployment.environment=a,b",
        "--no-gzip",
        "--timeout",
        "0.5",
        "--state",
        dir.toString());

    assertThat(options.metrics()).isEqualTo(URI.create("https://otlp.example/base/v1/metrics"));
    assertThat(options.json()).isTrue();
    assertThat(options.headers()).isEqualTo(Map.of("X-A", "b,c=d", "X-E", "f"));
    assertThat(options.resource())
        .isEqualTo(Map.of("service.name", "shop", "deployment.environment", "a,b"));
    assertThat(options.gzip()).isFalse();
    assertThat(options.timeout()).hasMillis(500);
    assertThat(options.totals().folder()).isEqualTo(dir);
  }

  @Test
  void headers_fromFileAndEnvironment() throws Exception {
    environment = Map.of("OTEL_EXPORTER_OTLP_HEADERS", "authorization=Bearer%20x+y,a=1");
    Path file = Files.writeString(dir.resolve("headers"), "A=2\n\nb = 3\n");
    run("--header-file", file.toString(), "--header", "B=4");

    assertThat(options.headers()).containsEntry("authorization", "Bearer x+y").hasSize(3);
    assertThat(options.headers().get("a")).isEqualTo("2");
    assertThat(options.headers().get("b")).isEqualTo("4");
  }

  @ParameterizedTest
  @CsvSource({
    "--url, grpc://127.0.0.1:4317",
    "--url, 'http://127.0.0.1/?a=b'",
    "--encoding, grpc",
    "--resource, shop",
    "--resource, 'a='",
    "--stale-after, 0.5",
    "--max-series, 0",
    "--timeout, 0"
  })
  void flags_nameFlagAndValue(String flag, String value) {
    assertThat(run(flag, value)).isEqualTo(Command.USAGE);
    assertThat(err()).contains(flag).contains('"' + value + '"');
  }

  @ParameterizedTest
  @CsvSource({"'a b=secret', a b", "'Content-Type=secret', Content-Type", "'secret', ''"})
  void headers_thatAreNoneAreNotTold(String header, String name) {
    assertThat(run("--header", header)).isEqualTo(Command.USAGE);
    assertThat(err()).contains("--header").contains('"' + name + '"').doesNotContain("secret");
  }

  @Test
  void readme_hasThemAll() throws Exception {
    assertThat(FlagsTable.missing(new OtlpFlags(Map.of()), Path.of("README.md"))).isEmpty();
  }

  private int run(String... args) {
    Command.Opener<OtlpFlags> opener =
        (flags, out, stop) -> {
          options = flags.options();
          throw new IOException("that was all");
        };
    return new Command<>("zibrato-otlp", new OtlpFlags(environment), opener)
        .run(args, new PrintStream(System.out), new PrintStream(err, true));
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
