package io.zibrato.aspects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A JVM of its own, run to its end. */
record JavaProcess(int exitCode, List<String> out, String err) {
  static final Path TARGET = Path.of("target").toAbsolutePath();
  static final Path AGENT = TARGET.resolve("zibrato-agent.jar");

  static JavaProcess run(Path javaHome, List<String> args) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(javaHome.resolve("bin/java").toString());
    command.addAll(args);
    Path out = Files.createTempFile("out", ".txt");
    Path err = Files.createTempFile("err", ".txt");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("hangs: " + command + "\n" + Files.readString(err));
      }
      return new JavaProcess(process.exitValue(), Files.readAllLines(out), Files.readString(err));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }

  static Path thisJdk() {
    return Path.of(System.getProperty("java.home"));
  }

  /**
   * Another JDK beside this one; the test is skipped where there is none, unless tools are
   * required.
   */
  static Path jdk(int version) throws IOException {
    try (Stream<Path> siblings = Files.list(thisJdk().getParent())) {
      List<Path> found =
          siblings
              .filter(home -> home.getFileName().toString().matches(".*\\b" + version + "\\b.*"))
              .filter(home -> Files.isExecutable(home.resolve("bin/java")))
              .collect(Collectors.toList());
      if (Boolean.getBoolean("zibrato.test.require-tools")) assertThat(found).isNotEmpty();
      assumeTrue(!found.isEmpty(), "no JDK " + version);
      return found.get(0);
    }
  }

  /** The jars and folders of this test's own class path whose path contains one of the words. */
  static String classPath(String... words) {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> Stream.of(words).anyMatch(entry::contains))
        .collect(Collectors.joining(File.pathSeparator));
  }
}
