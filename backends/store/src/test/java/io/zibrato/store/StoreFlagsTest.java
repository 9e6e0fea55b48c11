package io.zibrato.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
  void options_defaults() throws Exception {
    final StoreOptions options = StoreFlags.parse().options(Map.of("XDG_STATE_HOME", "/state"));

    assertThat(options.address().getHostAddress()).isEqualTo("127.0.0.1");
    assertThat(options.port()).isEqualTo(7827);
    assertThat(options.data()).isEqualTo(Path.of("/state/zibrato/store"));
    assertThat(options.credentials()).isEmpty();
  }

  @Test
  void options_dataWithoutXdg() throws Exception {
    assertThat(StoreFlags.parse().options(Map.of("XDG_STATE_HOME", "relative")).data())
        .isEqualTo(Path.of(System.getProperty("user.home"), ".local/state/zibrato/store"));
  }

  @Test
  void options_flagsGoBeforeTheEnvironment() throws Exception {
    final Map<String, String> environment = Map.of("LIBRATO_USER", "eu", "LIBRATO_TOKEN", "et");

    assertThat(StoreFlags.parse().options(environment).credentials())
        .contains(new Credentials("eu", "et"));
    assertThat(
            StoreFlags.parse("--username", "u", "--apitoken", "t")
                .options(environment)
                .credentials())
        .contains(new Credentials("u", "t"));
  }

  @Test
  void options_tokenInAFile() throws Exception {
    final Path file = Files.writeString(dir.resolve("token"), "secret \nmore\n");

    assertThat(
            StoreFlags.parse("--username", "u", "--apitoken-file", file.toString())
                .options(Map.of())
                .credentials())
        .contains(new Credentials("u", "secret"));
  }

  @Test
  void options_anyHostWithCredentials() throws Exception {
    assertThat(
            StoreFlags.parse("--host", "0.0.0.0", "--username", "u", "--apitoken", "t")
                .options(Map.of())
                .address()
                .isAnyLocalAddress())
        .isTrue();
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
    assertThatThrownBy(() -> StoreFlags.parse(line.split(" ")).options(Map.of()))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(flag)
        .hasMessageContaining(value);
  }

  @Test
  void options_refusesEmptyValues() {
    assertThatThrownBy(() -> StoreFlags.parse("--data", "").options(Map.of()))
        .hasMessageContaining("--data");
    assertThatThrownBy(() -> StoreFlags.parse("--host", "").options(Map.of()))
        .hasMessageContaining("--host");
    assertThatThrownBy(
            () -> StoreFlags.parse("--username", "", "--apitoken", "t").options(Map.of()))
        .hasMessageContaining("--username");
    assertThatThrownBy(
            () -> StoreFlags.parse("--username", "u", "--apitoken", "").options(Map.of()))
        .hasMessageContaining("--apitoken");
  }
}
