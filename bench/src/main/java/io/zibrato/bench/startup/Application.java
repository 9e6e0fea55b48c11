package io.zibrato.bench.startup;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * A generated application of {@value #CLASSES} classes that loads them all, calls one method of
 * each, and prints the most memory that it held. One class in three carries an annotation of the
 * application's own. Of the second jar's classes {@value #MEASURED}, in a package of their own,
 * carry our annotations too.
 *
 * @param narrowFolder holds the {@code aop.xml} that has AspectJ's agent look at that package only
 * @param idleAgent the jar of {@link IdleAgent}
 */
record Application(Path plainJar, Path annotatedJar, Path narrowFolder, Path idleAgent) {
  static final int CLASSES = 3000;
  static final int MEASURED = 20;
  static final String MAIN = "com.example.app.Main";

  private static final int PACKAGES = 30;

  /**
   * Writes sources, compiles them, and packs them, below a folder.
   *
   * @throws IOException also when the compiler refuses something
   */
  static Application generate(Path folder, Path annotations) throws IOException {
    Path narrow = Files.createDirectories(folder.resolve("narrow"));
    Files.createDirectories(narrow.resolve("META-INF"));
    Files.writeString(
        narrow.resolve("META-INF/aop.xml"),
        """
        <aspectj>
          <weaver>
            <include within="com.example.app.measured..*"/>
          </weaver>
        </aspectj>
        """);
    return new Application(
        pack(folder.resolve("plain"), annotations, false),
        pack(folder.resolve("annotated"), annotations, true),
        narrow,
        idleAgent(folder.resolve("idle-agent.jar")));
  }

  private static Path idleAgent(Path jar) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Premain-Class", IdleAgent.class.getName());
    String entry = IdleAgent.class.getName().replace('.', '/') + ".class";
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
        InputStream in = IdleAgent.class.getResourceAsStream('/' + entry)) {
      out.putNextEntry(new ZipEntry(entry));
      in.transferTo(out);
    }
    return jar;
  }

  private static Path pack(Path folder, Path annotations, boolean annotated) throws IOException {
    List<Path> sources = sources(folder.resolve("src"), annotated);
    Path classes = Files.createDirectories(folder.resolve("classes"));
    compile(sources, classes, annotations);
    Path jar = folder.resolve("app.jar");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar));
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        out.putNextEntry(new ZipEntry(classes.relativize(file).toString().replace('\\', '/')));
        Files.copy(file, out);
      }
    }
    return jar;
  }

  private static void compile(List<Path> sources, Path classes, Path annotations)
      throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler == null) throw new IOException("a JDK is needed, and this is a JRE");
    StringWriter said = new StringWriter();
    try (StandardJavaFileManager files =
        compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
      List<String> options =
          List.of(
              "--release",
              "17",
              "-proc:none",
              "-cp",
              annotations.toString(),
              "-d",
              classes.toString());
      boolean compiled =
          compiler
              .getTask(said, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
              .call();
      if (!compiled) throw new IOException("the generated application does not compile: " + said);
    }
  }

  private static List<Path> sources(Path folder, boolean annotated) throws IOException {
    List<Path> sources = new ArrayList<>();
    StringBuilder names = new StringBuilder();
    for (int n = 0; n < CLASSES; n++) {
      boolean measured = n % (CLASSES / MEASURED) == CLASSES / MEASURED / 2;
      String in = "com.example.app." + (measured ? "measured" : "part" + n % PACKAGES);
      String type = "Service" + n;
      sources.add(write(folder, in, type, service(in, type, n % 3 == 0, measured && annotated, n)));
      names.append(in).append('.').append(type).append('\n');
    }
    sources.add(write(folder, "com.example.app", "Managed", MANAGED));
    sources.add(write(folder, "com.example.app", "Main", main(names.toString())));
    return sources;
  }

  private static Path write(Path folder, String in, String type, String source) throws IOException {
    Path file = folder.resolve(in.replace('.', '/')).resolve(type + ".java");
    Files.createDirectories(file.getParent());
    return Files.writeString(file, source);
  }

  private static final String MANAGED =
      """
      package com.example.app;

      @java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME)
      public @interface Managed {
        String value() default "";
      }
      """;

  private static String service(
      String in, String type, boolean managed, boolean measured, int number) {
    return """
        package %1$s;

        %3$s
        public class %2$s implements Runnable, Comparable<%2$s> {
          private final java.util.List<String> lines = new java.util.ArrayList<>();
          private final String name;
          private long total;
          private int calls;

          public %2$s() {
            this("%2$s");
          }

          public %2$s(String name) {
            this.name = java.util.Objects.requireNonNull(name, "name");
          }

          %4$s
          @Override public void run() {
            calls++;
            total += add(%5$d, calls);
            keep(name);
          }

          %6$s
          public long add(long a, int b) {
            long sum = a;
            for (int i = 0; i < b; i++) sum += i * 31L + name.length();
            return sum;
          }

          protected void keep(String line) {
            if (lines.size() < 100) {
              lines.add(line.trim());
            } else {
              throw new IllegalStateException("too many lines: " + lines.size());
            }
          }

          public String first() {
            try {
              return lines.get(0);
            } catch (IndexOutOfBoundsException e) {
              return new StringBuilder().append(name).append(' ').append(total).toString();
            }
          }

          public boolean sameAs(Object other) {
            return other instanceof %2$s that && that.name.equals(name) && that.total == total;
          }

          static int clamp(int value, int least, int most) {
            return Math.max(least, Math.min(most, value));
          }

          @Override public int compareTo(%2$s other) {
            int byName = name.compareTo(other.name);
            return byName != 0 ? byName : Long.compare(total, other.total);
          }

          @Override public String toString() {
            return "%2$s[" + name + ", " + total + ", " + clamp(calls, 0, 9) + ']';
          }
        }
        """
        .formatted(
            in,
            type,
            managed ? "@com.example.app.Managed(\"" + number + "\")" : "",
            measured ? "@io.zibrato.annotations.CountMe" : "",
            number,
            measured ? "@io.zibrato.annotations.TimeMe" : "");
  }

  private static String main(String names) {
    return """
        package com.example.app;

        public final class Main {
          public static void main(String[] args) throws Exception {
            int run = 0;
            for (java.util.StringTokenizer names = new java.util.StringTokenizer(NAMES); names.hasMoreTokens(); run++) {
              ((Runnable) Class.forName(names.nextToken()).getDeclaredConstructor().newInstance()).run();
            }
            for (String line : java.nio.file.Files.readAllLines(java.nio.file.Path.of("/proc/self/status"))) {
              if (line.startsWith("VmHWM:")) System.out.println(line);
            }
            System.out.println("ran: " + run);
          }

          private static final String NAMES = String.join("",
        %s);
        }
        """
        .formatted(literals(names));
  }

  /** String constants are limited in length, so a few of them. */
  private static String literals(String text) {
    StringBuilder literals = new StringBuilder();
    for (int from = 0; from < text.length(); from += 20_000) {
      String part = text.substring(from, Math.min(text.length(), from + 20_000));
      literals.append(from == 0 ? "" : ",\n").append('"').append(part.replace("\n", "\\n"));
      literals.append('"');
    }
    return literals.toString();
  }

  /** Deletes a folder and what is in it. */
  static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(Application::deleteFile);
    }
  }

  private static void deleteFile(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
