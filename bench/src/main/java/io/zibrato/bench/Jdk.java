package io.zibrato.bench;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * A JDK to measure under.
 *
 * @param home as it was given
 * @param name such as {@code jdk-17.0.2}; results say this instead of the folder
 */
record Jdk(Path home, String name) {
  static Jdk of(String home) {
    return new Jdk(Path.of(home), "jdk-" + version(Path.of(home)));
  }

  static Path java(String home) {
    return Path.of(home, "bin", "java");
  }

  Path java() {
    return java(home.toString());
  }

  /** From the file that every JDK has beside its folders; the folder's own name without it. */
  private static String version(Path home) {
    Properties release = new Properties();
    try (Reader reader = Files.newBufferedReader(home.resolve("release"))) {
      release.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      return String.valueOf(home.getFileName());
    }
    return release
        .getProperty("JAVA_VERSION", String.valueOf(home.getFileName()))
        .replace("\"", "");
  }
}
