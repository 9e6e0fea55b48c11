package io.zibrato.inspect;

import io.zibrato.daemon.UsageException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

/**
 * The class files of a folder, or of a jar; of an application's jar or war, those of the jars in it
 * too.
 */
final class ClassFiles {
  private static final Pattern NESTED_JAR = Pattern.compile("(BOOT|WEB)-INF/.+\\.jar");

  /** Takes one after the other. */
  interface Each {
    void take(ClassFile file) throws IOException;
  }

  private ClassFiles() {}

  /**
   * @param path as the user gave it
   * @throws UsageException if there is no folder or jar
   */
  static void each(String path, Each each) throws IOException, UsageException {
    Path place = Path.of(path);
    if (Files.isDirectory(place)) {
      eachInFolder(place, each);
    } else if (Files.isRegularFile(place)) {
      eachInJar(place, each);
    } else {
      throw new UsageException("there is no folder or jar \"" + path + '"');
    }
  }

  private static void eachInFolder(Path folder, Each each) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files = all.filter(file -> isClass(file.toString())).sorted().toList();
    }
    for (Path file : files) {
      String path = folder.relativize(file).toString();
      each.take(new ClassFile(folder.toString(), path, Files.readAllBytes(file)));
    }
  }

  private static void eachInJar(Path jar, Each each) throws IOException, UsageException {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      Predicate<ZipEntry> meant = entry -> isClass(entry.getName()) || isNestedJar(entry);
      List<? extends ZipEntry> entries =
          zip.stream().filter(meant).sorted(Comparator.comparing(ZipEntry::getName)).toList();
      for (ZipEntry entry : entries) {
        try (InputStream in = zip.getInputStream(entry)) {
          if (isNestedJar(entry)) {
            eachInNestedJar(jar + "!/" + entry.getName(), in, each);
          } else {
            each.take(new ClassFile(jar.toString(), entry.getName(), in.readAllBytes()));
          }
        }
      }
    } catch (ZipException e) {
      throw new UsageException("no jar: \"" + jar + "\": " + e.getMessage());
    }
  }

  private static void eachInNestedJar(String origin, InputStream jar, Each each)
      throws IOException {
    ZipInputStream zip = new ZipInputStream(new BufferedInputStream(jar));
    try {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (isClass(entry.getName())) {
          each.take(new ClassFile(origin, entry.getName(), zip.readAllBytes()));
        }
      }
    } catch (ZipException e) {
      throw new IOException("cannot read " + origin + ": " + e.getMessage(), e);
    }
  }

  private static boolean isNestedJar(ZipEntry entry) {
    return NESTED_JAR.matcher(entry.getName()).matches();
  }

  private static boolean isClass(String path) {
    return path.endsWith(".class")
        && !path.endsWith("module-info.class")
        && !path.endsWith("package-info.class");
  }
}
