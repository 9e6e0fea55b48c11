package io.zibrato.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zeromq.ZCert;
import org.zeromq.ZConfig;
import org.zeromq.ZMQ;

class KeyFileTest {
  @TempDir Path dir;

  @Test
  void save_isReadAgain() throws Exception {
    KeyFile keys = KeyFile.generate();
    keys.saveSecret(dir.resolve("a.key_secret"));
    keys.savePublic(dir.resolve("a.key"));

    KeyFile secret = KeyFile.readSecret(dir.resolve("a.key_secret"));
    assertThat(secret.publicKey()).isEqualTo(keys.publicKey());
    assertThat(secret.secretBytes()).isEqualTo(keys.secretBytes());
    assertThat(KeyFile.readPublic(dir.resolve("a.key")).publicKey()).isEqualTo(keys.publicKey());
    assertThat(Files.readString(dir.resolve("a.key"))).doesNotContain("secret-key");
    assertThat(mode("a.key_secret")).isEqualTo("rw-------");
    assertThat(mode("a.key")).isEqualTo("rw-r--r--");
    ZConfig asJeroMqReadsIt = ZConfig.load(dir.resolve("a.key_secret").toString());
    assertThat(asJeroMqReadsIt.getValue("curve/public-key")).isEqualTo(keys.publicKey());
  }

  @Test
  void save_changesNothingThatIsThere() throws Exception {
    Path file = Files.writeString(dir.resolve("a.key_secret"), "mine");

    assertThatThrownBy(() -> KeyFile.generate().saveSecret(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file.toString());
    assertThat(file).hasContent("mine");
  }

  @Test
  void read_takesWhatJeroMqWrites() throws Exception {
    ZCert cert = new ZCert();
    Path file = cert.saveSecret(dir.resolve("z.key_secret").toString()).toPath();
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));

    assertThat(KeyFile.readSecret(file).publicKey()).isEqualTo(cert.getPublicKeyAsZ85());
    assertThat(KeyFile.readPublic(file).publicKey()).isEqualTo(cert.getPublicKeyAsZ85());
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw--w----", "rw----r--", "rwxrwxrwx"})
  void readSecret_wantsItsOwnerAlone(String mode) throws Exception {
    Path file = dir.resolve("a.key_secret");
    KeyFile.generate().saveSecret(file);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));

    assertThatThrownBy(() -> KeyFile.readSecret(file))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll(file.toString(), mode);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "curve\n",
        "curve\n    public-key = \"short\"\n",
        "curve\n    public-key = \"~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~\"\n",
        "curve\n    public-key = \"########################################\"\n",
        "curve\n    public-key\n",
        "\0\1\2\u00ff",
      })
  void readPublic_namesTheFile(String text) throws Exception {
    Path file = Files.writeString(dir.resolve("damaged.key"), text);

    assertThatThrownBy(() -> KeyFile.readPublic(file))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll(file.toString(), "public-key");
  }

  @Test
  void readSecret_wantsAPair() throws Exception {
    KeyFile.generate().saveSecret(dir.resolve("a"));
    KeyFile.generate().saveSecret(dir.resolve("b"));
    String a = Files.readString(dir.resolve("a"));
    String b = Files.readString(dir.resolve("b"));
    String mixed = a.substring(0, a.indexOf("    secret")) + b.substring(b.indexOf("    secret"));
    Files.writeString(dir.resolve("a"), mixed);

    assertThatThrownBy(() -> KeyFile.readSecret(dir.resolve("a"))).hasMessageContaining("no pair");
  }

  @Test
  void toString_tellsNoSecret() {
    KeyFile keys = KeyFile.generate();

    assertThat(keys.toString()).contains(keys.publicKey());
    assertThat(keys.toString()).doesNotContain(ZMQ.Curve.z85Encode(keys.secretBytes()));
  }

  private String mode(String file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(dir.resolve(file)));
  }
}
