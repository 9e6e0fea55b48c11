package io.zibrato.aspects;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.fixtures.Scenario;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The scenarios, unwoven as javac left them, and woven by ajc as a user's build would weave them.
 */
final class Fixtures {
  private static final Path TEST_CLASSES = JavaProcess.TARGET.resolve("test-classes");
  private static Path unwoven;
  private static Path woven;

  private Fixtures() {}

  static Stream<String> scenarios() throws IOException {
    try (Stream<Path> files = Files.list(TEST_CLASSES.resolve("com/example/fixtures"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".class") && !name.contains("$"))
          .map(name -> name.substring(0, name.length() - ".class".length()))
          .filter(Fixtures::isScenario)
          .sorted()
          .toList()
          .stream();
    }
  }

  private static boolean isScenario(String name) {
    try {
      Class<?> type = Class.forName("com.example.fixtures." + name);
      return Scenario.class.isAssignableFrom(type) && !type.isInterface();
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  static List<String> expected(String scenario) throws ReflectiveOperationException {
    Class<?> type = Class.forName("com.example.fixtures." + scenario);
    return ((Scenario) type.getDeclaredConstructor().newInstance()).expected();
  }

  /** A folder with the fixtures alone. */
  static synchronized Path unwoven() throws IOException {
    if (unwoven == null) {
      Path folder = JavaProcess.TARGET.resolve("fixtures/unwoven");
      copy(TEST_CLASSES.resolve("com"), folder.resolve("com"));
      unwoven = folder;
    }
    return unwoven;
  }

  /** A folder with the fixtures woven at compile time. */
  static synchronized Path woven() throws IOException {
    if (woven == null) {
      Path folder = JavaProcess.TARGET.resolve("fixtures/woven");
      JavaProcess ajc =
          JavaProcess.run(
              JavaProcess.thisJdk(),
              List.of(
                  "-cp",
                  JavaProcess.TARGET.resolve("tools/aspectjtools.jar").toString(),
                  "org.aspectj.tools.ajc.Main",
                  "-17",
                  "-inpath",
                  unwoven().toString(),
                  "-aspectpath",
                  aspectsJar().toString(),
                  "-classpath",
                  libraries(),
                  "-d",
                  folder.toString()));
      assertThat(ajc.exitCode()).as(ajc.err() + ajc.out()).isZero();
      assertThat(ajc.err()).doesNotContain("adviceDidNotMatch").doesNotContain("error");
      woven = folder;
    }
    return woven;
  }

  static Path aspectsJar() throws IOException {
    try (Stream<Path> files = Files.list(JavaProcess.TARGET)) {
      return files
          .filter(
              f -> f.getFileName().toString().matches("zibrato-aspects-[^-]+(-SNAPSHOT)?\\.jar"))
          .findFirst()
          .orElseThrow();
    }
  }

  /** What a class woven at compile time needs beside the aspects. */
  static String libraries() {
    return String.join(
        File.pathSeparator,
        annotations(),
        JavaProcess.classPath("transport", "aspectjrt", "jeromq", "jnacl"));
  }

  /** What the source of a fixture needs. */
  static String annotations() {
    return location(io.zibrato.annotations.CountMe.class);
  }

  private static String location(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path copy = to.resolve(from.relativize(file));
        if (Files.isDirectory(file)) Files.createDirectories(copy);
        else Files.write(copy, Files.readAllBytes(file));
      }
    }
  }
}
