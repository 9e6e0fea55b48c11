package io.zibrato.samples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./zibrato} in a tree of its own, with a java and a mvn that only say how they were called. */
class ScriptIT {
  private record Result(int exitCode, String out, String err) {}

  private static final String JAR = "broker/target/zibrato-broker.jar";

  @TempDir Path dir;
  private Path home;
  private Path bin;

  @BeforeEach
  void tree() throws IOException {
    home = Files.createDirectories(dir.resolve("a home"));
    bin = Files.createDirectories(dir.resolve("bin"));
    Files.copy(Tools.HOME.resolve("zibrato"), home.resolve("zibrato"));
    source("broker/src/main/java/Broker.java");
    source("backends/graphite/pom.xml");
    for (String tool : List.of("sh", "dirname", "find", "sed", "mkdir", "touch", "cat", "flock")) {
      for (String folder : List.of("/bin", "/usr/bin")) {
        Path real = Path.of(folder, tool);
        if (Files.exists(real) && Files.notExists(bin.resolve(tool))) {
          Files.createSymbolicLink(bin.resolve(tool), real);
        }
      }
    }
    program("java", java("17"));
    program(
        "mvn",
        """
        echo "mvn $*" >>"%s"
        mkdir -p broker/target backends/graphite/target
        touch broker/target/zibrato-broker.jar backends/graphite/target/zibrato-graphite.jar
        """
            .formatted(dir.resolve("builds.txt")));
  }

  @Test
  void help_saysWhatThereIs() throws Exception {
    Result result = run("help");

    assertThat(result.exitCode).isZero();
    assertThat(result.out).contains("demo").contains("broker").contains("agent");
  }

  @Test
  void noCommand_isBadUsage() throws Exception {
    Result result = run();

    assertThat(result.exitCode).isEqualTo(2);
    assertThat(result.err).contains("Usage");
  }

  @Test
  void unknownCommand_isNamed() throws Exception {
    for (String command : List.of("nosuch", "../x", "worker")) {
      Result result = run(command);

      assertThat(result.exitCode).isEqualTo(2);
      assertThat(result.err).contains("no such command: \"" + command + '"');
    }
  }

  @Test
  void broker_isBuiltOnceAndRunWithItsFlags() throws Exception {
    Result first = run("broker", "--port", "1 2");
    Result second = run("broker");

    assertThat(first.exitCode).as(first.err).isEqualTo(7);
    assertThat(first.out)
        .isEqualTo("-jar\n" + home.resolve(JAR) + "\n--port\n1 2\n");
    assertThat(first.err).contains("building broker");
    assertThat(second.exitCode).isEqualTo(7);
    assertThat(builds()).hasSize(1).allMatch(line -> line.endsWith("-pl broker -am"));
  }

  @Test
  void broker_isBuiltAgainWhenASourceIsNewer() throws Exception {
    run("broker");
    FileTime later = FileTime.fromMillis(System.currentTimeMillis() + 60_000);
    Files.setLastModifiedTime(source("transport/src/main/java/Frame.java"), later);
    run("broker");

    assertThat(builds()).hasSize(2);
  }

  @Test
  void service_isWhateverHasAFolder() throws Exception {
    Result result = run("graphite", "--help");

    assertThat(result.exitCode).as(result.err).isEqualTo(7);
    assertThat(result.out).contains("backends/graphite/target/zibrato-graphite.jar\n--help\n");
  }

  @Test
  void build_thatFailsIsSaid() throws Exception {
    program("mvn", "echo no network >&2; exit 1\n");
    Result result = run("broker");

    assertThat(result.exitCode).isEqualTo(1);
    assertThat(result.err).contains("no network").contains("broker could not be built");
  }

  @Test
  void mvn_thatIsMissingIsSaid() throws Exception {
    Files.delete(bin.resolve("mvn"));
    Result result = run("broker");

    assertThat(result.exitCode).isEqualTo(1);
    assertThat(result.err).contains("there is no mvn");
  }

  @Test
  void java_thatIsMissingOrTooOldIsSaid() throws Exception {
    program("java", java("11"));
    assertThat(run("broker").err).contains("version 11; JDK 17 or newer is needed");
    program("java", java("1.8"));
    assertThat(run("broker").err).contains("version 1.8; JDK 17 or newer is needed");
    Files.delete(bin.resolve("java"));
    Result result = run("broker");

    assertThat(result.exitCode).isEqualTo(1);
    assertThat(result.err).contains("there is no java");
  }

  @Test
  void javaHome_isTheJavaThatRuns() throws Exception {
    Files.createDirectories(dir.resolve("jdk/bin"));
    Files.move(bin.resolve("java"), dir.resolve("jdk/bin/java"));

    Result result = run(Map.of("JAVA_HOME", dir.resolve("jdk").toString()), "broker");
    Result wrong = run(Map.of("JAVA_HOME", dir.toString()), "broker");

    assertThat(result.exitCode).as(result.err).isEqualTo(7);
    assertThat(wrong.exitCode).isEqualTo(1);
    assertThat(wrong.err).contains("JAVA_HOME is " + dir);
  }

  private Path source(String file) throws IOException {
    Path path = home.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, "");
    Files.setLastModifiedTime(path, FileTime.fromMillis(System.currentTimeMillis() - 60_000));
    return path;
  }

  /** Says its arguments, one a line, and ends with 7. */
  private static String java(String version) {
    return """
        if [ "$1" = -XshowSettings:properties ]; then
          echo "    java.specification.version = %s" >&2
          exit 0
        fi
        for arg; do echo "$arg"; done
        exit 7
        """
        .formatted(version);
  }

  private void program(String name, String script) throws IOException {
    Path file = bin.resolve(name);
    Files.writeString(file, "#!/bin/sh\n" + script);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private List<String> builds() throws IOException {
    return Files.readAllLines(dir.resolve("builds.txt"));
  }

  private Result run(String... args) throws Exception {
    return run(Map.of(), args);
  }

  private Result run(Map<String, String> environment, String... args) throws Exception {
    List<String> command = new ArrayList<>(List.of("/bin/sh", home + "/zibrato"));
    command.addAll(List.of(args));
    Path out = Files.createTempFile(dir, "out", ".txt");
    Path err = Files.createTempFile(dir, "err", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().remove("JAVA_HOME");
    builder.environment().put("PATH", bin.toString());
    builder.environment().putAll(environment);
    Process process = builder.start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
  }
}
