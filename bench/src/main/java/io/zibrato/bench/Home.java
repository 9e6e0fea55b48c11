package io.zibrato.bench;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The clone that this program was built in.
 *
 * @param root its top folder
 */
record Home(Path root) {
  /** By the place of the jar, which is {@code bench/target} of it. */
  static Home find() {
    try {
      Path jar =
          Path.of(Home.class.getProtectionDomain().getCodeSource().getLocation().toURI())
              .toAbsolutePath();
      return new Home(jar.getParent().getParent().getParent());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("a jar without a path", e);
    }
  }

  Path results() {
    return root.resolve("bench/results");
  }

  /** Our agent. */
  Path agent() throws IOException {
    return existing("aspects/target/zibrato-agent.jar");
  }

  Path openTelemetryAgent() throws IOException {
    return existing("bench/target/opentelemetry-javaagent.jar");
  }

  private Path existing(String path) throws IOException {
    Path file = root.resolve(path);
    if (!Files.isRegularFile(file)) {
      throw new IOException("there is no " + path + " beside this jar; ./zibrato bench builds it");
    }
    return file;
  }

  /** The text without this machine's paths: what is of this clone, or of those JDKs, by name. */
  String plain(String text, List<Jdk> jdks) {
    String plain = text;
    for (Jdk jdk : jdks) plain = plain.replace(jdk.home().toString(), jdk.name());
    return plain.replace(root + "/", "").replace(root.toString(), ".");
  }
}
