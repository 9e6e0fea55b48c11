package io.zibrato.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.zibrato.backends.testing.Tools;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FilesTest {
  @TempDir Path dir;

  static List<String> services() throws Exception {
    return Services.all();
  }

  /** They differ in the name alone, and in the order of their start. */
  @ParameterizedTest
  @MethodSource("services")
  void supervisor_hasEachService(String service) throws Exception {
    String like = Files.readString(Services.supervisor("exec")).replace("zibrato-exec", "NAME");
    String own = Files.readString(Services.supervisor(service));

    assertThat(own.replace("zibrato-" + service, "NAME").replaceAll("priority=\\d+", "priority="))
        .isEqualTo(
            like.replace("/exec.", "/" + service + ".").replaceAll("priority=\\d+", "priority="));
  }

  @ParameterizedTest
  @MethodSource("services")
  void properties_areThere(String service) throws Exception {
    Properties properties = new Properties();
    try (BufferedReader in = Files.newBufferedReader(Services.properties(service))) {
      properties.load(in);
    }
    assertThat(properties.stringPropertyNames()).noneMatch(name -> name.startsWith("-"));
  }

  /** On a machine that has a Java where the file says; the jar and the user are its own. */
  @Test
  void systemd_findsNoFault() throws Exception {
    String analyze = Tools.program("systemd-analyze", "Debian's package systemd").toString();
    Tools.requireOrSkip(Files.isExecutable(Path.of("/usr/bin/java")), "/usr/bin/java");
    Path unit = dir.resolve("zibrato@broker.service");
    Files.copy(Unit.FILE, unit);

    Process verify =
        new ProcessBuilder(analyze, "verify", "--man=no", unit.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(verify.getInputStream().readAllBytes());

    // It also reads what the machine itself has, and tells of that.
    assertThat(said.lines().filter(line -> line.contains("zibrato"))).isEmpty();
    assertThat(verify.waitFor()).isZero();
  }
}
