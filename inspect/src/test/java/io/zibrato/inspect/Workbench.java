package io.zibrato.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.inspected.Orders;
import io.zibrato.annotations.CountMe;
import io.zibrato.aspects.Sites;
import io.zibrato.daemon.UsageException;
import io.zibrato.meter.Series;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.aspectj.bridge.MessageHandler;
import org.aspectj.lang.JoinPoint;
import org.aspectj.tools.ajc.Main;

/** Folders and jars of fixtures, woven and not. */
final class Workbench {
  private static final String PACKAGE = "com/example/inspected/";

  private Workbench() {}

  /** A folder of the fixtures, as javac left them, whose names begin so. */
  static Path unwoven(Path folder, String... beginnings) throws IOException {
    Path from = place(Orders.class).resolve(PACKAGE);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (Stream.of(beginnings).anyMatch(name::startsWith)) {
          write(folder.resolve(PACKAGE + name), Files.readAllBytes(file));
        }
      }
    }
    return folder;
  }

  /** The folder's classes, woven into another. */
  static Path woven(Path from, Path to, Path aspects, String... options) {
    List<String> args = new ArrayList<>(List.of(options));
    args.addAll(List.of("-17", "-inpath", from.toString(), "-aspectpath", aspects.toString()));
    String classPath =
        Stream.of(CountMe.class, Series.class, JoinPoint.class)
            .map(type -> place(type).toString())
            .collect(Collectors.joining(File.pathSeparator));
    args.addAll(List.of("-classpath", classPath, "-d", to.toString()));
    MessageHandler messages = new MessageHandler();
    new Main().run(args.toArray(String[]::new), messages);
    assertThat(messages.getErrors()).isEmpty();
    return to;
  }

  static Path aspects() {
    return place(Sites.class);
  }

  /** What a library that had fewer aspects held. */
  static Path aspectsWithout(String word, Path folder) throws IOException {
    for (ClassFile file : classFiles(aspects())) {
      if (!file.path().contains(word)) write(folder.resolve(file.path()), file.bytes());
    }
    return folder;
  }

  static List<ClassFile> classFiles(Path path) throws IOException {
    List<ClassFile> files = new ArrayList<>();
    try {
      ClassFiles.each(path.toString(), files::add);
    } catch (UsageException e) {
      throw new IOException(e);
    }
    return files;
  }

  static Findings inspect(Path... paths) throws IOException {
    return inspect(List.of(paths), List.of());
  }

  static Findings inspect(List<Path> paths, List<Path> classPath) throws IOException {
    try {
      return Inspection.of(texts(paths), texts(classPath), millis -> false);
    } catch (UsageException e) {
      throw new IOException(e);
    }
  }

  private static List<String> texts(List<Path> paths) {
    return paths.stream().map(Path::toString).toList();
  }

  /** What is said of a method, without where it is. */
  static List<String> warnings(Findings findings, String method) {
    return findings.warnings().stream()
        .filter(warning -> warning.place().endsWith(method))
        .map(warning -> warning.concern().word() + ": " + warning.message())
        .toList();
  }

  /** A jar of what is in a folder, each path after a prefix. */
  static byte[] jar(Path folder, String prefix) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes);
        Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        zip.putNextEntry(new ZipEntry(prefix + folder.relativize(file)));
        zip.write(Files.readAllBytes(file));
      }
    }
    return bytes.toByteArray();
  }

  /** A jar of what is in others, and of one more entry. */
  static byte[] jarWith(byte[] jar, String path, byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes);
        ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(jar))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        zip.putNextEntry(new ZipEntry(entry.getName()));
        in.transferTo(zip);
      }
      zip.putNextEntry(new ZipEntry(path));
      zip.write(content);
    }
    return bytes.toByteArray();
  }

  static Path write(Path file, byte[] bytes) throws IOException {
    Files.createDirectories(file.getParent());
    return Files.write(file, bytes);
  }

  private static Path place(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
