package io.zibrato.aspects;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The agent's jar as a user has it: one file, and whatever application. */
class AgentIT {
  private static final List<String> QUIET =
      List.of("-Dzibrato.port=1", "-Dzibrato.publish-interval=1h", "-Dzibrato.close-timeout=0");

  @TempDir Path dir;

  @Test
  void jar_showsTheApplicationNothingThatIsNotOurs() throws IOException {
    try (JarFile jar = new JarFile(JavaProcess.AGENT.toFile())) {
      assertThat(jar.stream().map(ZipEntry::getName).filter(name -> name.endsWith(".class")))
          .allMatch(
              name ->
                  name.startsWith("io/zibrato/")
                      || name.startsWith("org/aspectj/")
                      || name.startsWith("aj/org/"));
      assertThat(jar.getManifest().getMainAttributes().getValue("Premain-Class"))
          .isEqualTo("io.zibrato.agent.Agent");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {17, 25})
  void config_measuresCodeThatKnowsNothingOfUs(int version) throws Exception {
    Path config =
        Files.writeString(
            dir.resolve("weave.properties"),
            """
            count.place = execution(* com.example.plain.Orders.place(..)); level=warn; tags=a=b,c={method}
            count.failed = execution(* com.example.plain.Orders.place(..)); on=throw; name=failed; value=10
            time.all = execution(* com.example.plain.Orders.*(..)) && !execution(* main(..)); name=orders.{method}; source=here
            time.new = execution(com.example.plain.Orders.new(..))
            gauge.size = execution(int com.example.plain.Orders.place(..)); name=size
            """);

    JavaProcess process = orders(jdk(version), config);

    assertThat(process.exitCode()).as(process.err()).isZero();
    assertThat(process.out())
        .containsExactlyInAnyOrder(
            "counter warn Orders.place {a=b, c=place} 4",
            "counter info failed 10",
            "timer info orders.place from here 4",
            "timer info orders.placeLater from here 1",
            "timer info orders.has from here 1",
            "timer info Orders.new 1",
            "gauge info size 1.0",
            "gauge info size 2.0",
            "gauge info size 3.0");
    assertThat(process.err()).contains("0 errors").doesNotContain("matched nothing");
  }

  @Test
  void config_leavesOutBadLinesAndSaysSo() throws Exception {
    Path config =
        Files.writeString(
            dir.resolve("weave.properties"),
            """
            count.good = execution(* com.example.plain.Orders.place(..))
            count.syntax = execution(com.example..
            meter.kind = execution(* a.B.c(..))
            count.attribute = execution(* a.B.c(..)); colour=red
            count.level = execution(* a.B.c(..)); level=
            time.sample = execution(* a.B.c(..)); sample=often
            count.on = execution(* a.B.c(..)); on=maybe
            time.idle = execution(* no.such.Type.method(..))
            """);

    JavaProcess process = orders(JavaProcess.thisJdk(), config);

    assertThat(process.exitCode()).as(process.err()).isZero();
    assertThat(process.out()).containsExactly("counter info Orders.place 4");
    for (String key :
        List.of(
            "count.syntax",
            "meter.kind",
            "count.attribute",
            "count.level",
            "time.sample",
            "count.on")) {
      assertThat(process.err()).containsPattern(key + " = .* is left out: ");
    }
    assertThat(process.err()).contains("colour").contains("often").contains("maybe");
    assertThat(process.err()).containsPattern("WARNING: time.idle matched nothing so far");
  }

  @Test
  void config_thatIsMissingIsSaid() throws Exception {
    JavaProcess process = orders(JavaProcess.thisJdk(), dir.resolve("none"));

    assertThat(process.exitCode()).as(process.err()).isZero();
    assertThat(process.err()).contains("none").contains("cannot be read");
  }

  @Test
  void config_aloneIsLeftOutWhereUnsafeIsDenied() throws Exception {
    Path config =
        Files.writeString(
            dir.resolve("weave.properties"),
            "count.run = execution(* com.example.fixtures.PublicMethod.run(..))");

    JavaProcess process =
        run(
            jdk(25),
            "=config=" + config,
            List.of("--sun-misc-unsafe-memory-access=deny"),
            classPath(),
            "com.example.fixtures.Run",
            "PublicMethod");

    assertThat(process.out())
        .containsExactlyInAnyOrderElementsOf(Fixtures.expected("PublicMethod"));
    assertThat(process.err())
        .contains("no pattern is woven")
        .contains("--sun-misc-unsafe-memory-access=allow")
        .contains("0 errors");
  }

  @Test
  void arguments_thatAreNoneAreSaid() throws Exception {
    JavaProcess process =
        run(JavaProcess.thisJdk(), "=confg=x", List.of(), classPath(), "com.example.plain.Orders");

    assertThat(process.exitCode()).as(process.err()).isZero();
    assertThat(process.err()).contains("no such argument: \"confg=x\"");
  }

  @Test
  void verbose_saysALineAClass() throws Exception {
    JavaProcess process =
        run(
            JavaProcess.thisJdk(),
            "",
            List.of("-Dzibrato.weave.verbose=true"),
            classPath(),
            "com.example.fixtures.Run",
            "StaticMethod");

    assertThat(process.err())
        .containsOnlyOnce("wove com.example.fixtures.StaticMethod: ")
        .contains("wove 2 sites in 1 classes, 0 errors");
  }

  @Test
  void series_tellWhatWasWoven() throws Exception {
    JavaProcess process =
        run(
            JavaProcess.thisJdk(),
            "",
            List.of("-Dtotals.ourselves=true"),
            classPath(),
            "com.example.fixtures.Run",
            "StaticMethod");

    assertThat(process.out())
        .contains(
            "counter zibrato zibrato.weave.sites 2",
            "counter zibrato zibrato.weave.classes 1",
            "counter zibrato zibrato.weave.errors 0");
  }

  @Test
  void weaver_startsNeitherLoggingNorTimeZones() throws Exception {
    JavaProcess process =
        run(
            JavaProcess.thisJdk(),
            "",
            List.of("-Xlog:class+load"),
            classPath(),
            "com.example.fixtures.Run",
            "PublicMethod");

    assertThat(
            process.out().stream()
                .takeWhile(line -> !line.contains("com.example.fixtures.PublicMethod ")))
        .anyMatch(line -> line.contains("org.aspectj.weaver."))
        .noneMatch(line -> line.contains("java.util.logging.LogManager"))
        .noneMatch(line -> line.contains("java.text.SimpleDateFormat"));
  }

  @Test
  void loadTime_makesNoClosures() throws Exception {
    List<String> scenarios = Fixtures.scenarios().toList();

    JavaProcess process =
        run(
            JavaProcess.thisJdk(),
            "",
            List.of("-Xlog:class+load"),
            classPath(),
            "com.example.fixtures.Run",
            scenarios.toArray(String[]::new));

    assertThat(process.out()).anyMatch(line -> line.contains("com.example.fixtures.PublicMethod "));
    assertThat(process.out()).noneMatch(line -> line.contains("AjcClosure"));
  }

  @ParameterizedTest
  @ValueSource(ints = {17, 25})
  void nestedJar_isWoven(int version) throws Exception {
    Path jar = dir.resolve("app.jar");
    nestedJar(jar);
    List<String> args = new ArrayList<>(QUIET);
    args.addAll(List.of("-javaagent:" + JavaProcess.AGENT, "-jar", jar.toString()));
    args.addAll(List.of("PublicMethod", "MetaByAnotherClass", "AnnotatedType"));

    JavaProcess process = JavaProcess.run(jdk(version), args);

    assertThat(process.exitCode()).as(process.err()).isZero();
    assertThat(process.out())
        .contains(
            "counter info PublicMethod.call 3",
            "timer info PublicMethod.timed 3",
            "counter info audited.call 2",
            "counter info AnnotatedType.Service.third 1");
  }

  private JavaProcess orders(Path jdk, Path config) throws IOException {
    return run(jdk, "=config=" + config, List.of(), classPath(), "com.example.plain.Orders");
  }

  private static JavaProcess run(
      Path jdk,
      String agentArgs,
      List<String> options,
      String classPath,
      String main,
      String... args)
      throws IOException {
    List<String> all = new ArrayList<>(QUIET);
    all.addAll(options);
    all.addAll(List.of("-javaagent:" + JavaProcess.AGENT + agentArgs, "-cp", classPath, main));
    all.addAll(List.of(args));
    return JavaProcess.run(jdk, all);
  }

  private static Path jdk(int version) throws IOException {
    boolean thisOne = Runtime.version().feature() == version;
    return thisOne ? JavaProcess.thisJdk() : JavaProcess.jdk(version);
  }

  private static String classPath() throws IOException {
    return Fixtures.unwoven() + File.pathSeparator + Fixtures.annotations();
  }

  /**
   * The fixtures as Spring Boot packs an application: its launcher, classes in a folder, libraries
   * as jars in the jar.
   */
  private void nestedJar(Path jar) throws IOException {
    Path library = dir.resolve("zibrato-annotations.jar");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(library))) {
      addClasses(out, annotationsFolder(), "");
    }
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
      String manifest =
          """
          Manifest-Version: 1.0
          Main-Class: org.springframework.boot.loader.launch.JarLauncher
          Start-Class: com.example.fixtures.Run
          Spring-Boot-Classes: BOOT-INF/classes/
          Spring-Boot-Lib: BOOT-INF/lib/
          """;
      out.putNextEntry(new ZipEntry("META-INF/MANIFEST.MF"));
      out.write(manifest.getBytes());
      for (String folder : List.of("BOOT-INF/", "BOOT-INF/classes/", "BOOT-INF/lib/")) {
        out.putNextEntry(new ZipEntry(folder));
      }
      addJar(out, JavaProcess.TARGET.resolve("tools/spring-boot-loader.jar"));
      addClasses(out, Fixtures.unwoven(), "BOOT-INF/classes/");
      addStored(out, "BOOT-INF/lib/zibrato-annotations.jar", Files.readAllBytes(library));
    }
  }

  /** The annotations' classes, wherever the build has them: in a folder or in a jar. */
  private Path annotationsFolder() throws IOException {
    Path location = Path.of(Fixtures.annotations());
    if (Files.isDirectory(location)) return location;
    Path folder = Files.createDirectories(dir.resolve("annotations"));
    try (JarFile jar = new JarFile(location.toFile())) {
      for (ZipEntry entry : jar.stream().filter(e -> e.getName().endsWith(".class")).toList()) {
        Path file = folder.resolve(entry.getName());
        Files.createDirectories(file.getParent());
        try (InputStream in = jar.getInputStream(entry)) {
          Files.write(file, in.readAllBytes());
        }
      }
    }
    return folder;
  }

  private static void addClasses(ZipOutputStream out, Path folder, String prefix)
      throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        out.putNextEntry(new ZipEntry(prefix + folder.relativize(file)));
        Files.copy(file, out);
      }
    }
  }

  private static void addJar(ZipOutputStream out, Path path) throws IOException {
    try (JarFile jar = new JarFile(path.toFile())) {
      for (ZipEntry entry : jar.stream().filter(e -> e.getName().endsWith(".class")).toList()) {
        out.putNextEntry(new ZipEntry(entry.getName()));
        try (InputStream in = jar.getInputStream(entry)) {
          in.transferTo((OutputStream) out);
        }
      }
    }
  }

  private static void addStored(ZipOutputStream out, String name, byte[] bytes) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(bytes.length);
    entry.setCrc(crc.getValue());
    out.putNextEntry(entry);
    out.write(bytes);
  }
}
