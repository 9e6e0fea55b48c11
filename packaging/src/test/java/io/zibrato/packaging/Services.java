package io.zibrato.packaging;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Our processes that run for good, and where the build and this folder have what is theirs. */
final class Services {
  static final Path HERE = Path.of("").toAbsolutePath();
  private static final Path HOME = HERE.getParent();

  /** Ends with the terminal that it is started in. */
  private static final Set<String> NOT_FOR_GOOD = Set.of("console");

  private Services() {}

  /** The broker, and each folder of backends that makes an executable jar. */
  static List<String> all() throws IOException {
    try (Stream<Path> folders = Files.list(HOME.resolve("backends"))) {
      List<String> backends =
          folders
              .filter(Services::isExecutable)
              .map(folder -> folder.getFileName().toString())
              .filter(name -> !NOT_FOR_GOOD.contains(name))
              .toList();
      return Stream.concat(Stream.of("broker"), backends.stream()).sorted().toList();
    }
  }

  private static boolean isExecutable(Path folder) {
    Path pom = folder.resolve("pom.xml");
    try {
      return Files.isRegularFile(pom) && Files.readString(pom).contains("<zibrato.executable>");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path jar(String service) {
    Path folder = service.equals("broker") ? HOME : HOME.resolve("backends");
    return folder.resolve(service).resolve("target").resolve("zibrato-" + service + ".jar");
  }

  static Path supervisor(String service) {
    return HERE.resolve("supervisor").resolve("zibrato-" + service + ".conf");
  }

  static Path properties(String service) {
    return HERE.resolve("etc").resolve(service + ".properties");
  }
}
