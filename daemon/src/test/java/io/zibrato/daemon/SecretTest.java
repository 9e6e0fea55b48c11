package io.zibrato.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretTest {
  @TempDir Path dir;

  @Test
  void of_takesTheFlagBeforeTheEnvironment() throws Exception {
    assertThat(Secret.of("--token", "a", null, "b")).isEqualTo("a");
    assertThat(Secret.of("--token", null, null, "b")).isEqualTo("b");
    assertThat(Secret.of("--token", null, null, null)).isNull();
  }

  @Test
  void of_takesTheFirstLineOfTheFile() throws Exception {
    String file = Files.writeString(dir.resolve("token"), " secret \nmore\n").toString();

    assertThat(Secret.of("--token", null, file, "b")).isEqualTo("secret");
  }

  @Test
  void of_namesFlagAndFile() throws Exception {
    String empty = Files.writeString(dir.resolve("token"), "\nsecret\n").toString();

    assertRefused("--token-file", "/no/such/file", null, "/no/such/file");
    assertRefused("--token-file", empty, null, empty);
    assertRefused("--token-file", "f", "given", "f");
  }

  private static void assertRefused(String flag, String value, String given, String file) {
    assertThatThrownBy(() -> Secret.of("--token", given, file, null))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(flag)
        .hasMessageContaining(value)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret", "given\""));
  }
}
