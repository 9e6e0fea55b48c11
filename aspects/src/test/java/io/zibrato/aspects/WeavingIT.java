package io.zibrato.aspects;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every scenario by every way of weaving, in processes of their own: the same totals. */
class WeavingIT {
  /** Nothing is published, so that what was measured stays to be printed. */
  private static final List<String> QUIET =
      List.of(
          "-Dzibrato.port=1",
          "-Dzibrato.publish-interval=1h",
          "-Dzibrato.close-timeout=0",
          "-Xshare:auto");

  static Stream<String> scenarios() throws IOException {
    return Fixtures.scenarios();
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void compileTime_countsAll(String scenario) throws Exception {
    assertTotals(compileTime(JavaProcess.thisJdk(), List.of(), scenario), scenario);
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void loadTime_countsAll(String scenario) throws Exception {
    assertTotals(loadTime(JavaProcess.thisJdk(), List.of(), scenario), scenario);
  }

  @Test
  void both_countOnce() throws Exception {
    String[] all = scenarios().toArray(String[]::new);

    JavaProcess process = compileTime(JavaProcess.thisJdk(), List.of(agent()), all);

    assertTotals(process, all);
    assertThat(process.err()).contains(" 0 errors");
  }

  @Test
  void compileTime_countsAllOnJdk25() throws Exception {
    String[] all = scenarios().toArray(String[]::new);

    JavaProcess process =
        compileTime(JavaProcess.jdk(25), List.of("--sun-misc-unsafe-memory-access=deny"), all);

    assertTotals(process, all);
    assertThat(process.err()).doesNotContain("Unsafe");
  }

  @Test
  void loadTime_countsAllOnJdk25() throws Exception {
    String[] all = scenarios().toArray(String[]::new);

    assertTotals(loadTime(JavaProcess.jdk(25), List.of(), all), all);
  }

  @Test
  void loadTime_countsAllWhereUnsafeIsDenied() throws Exception {
    String[] all = scenarios().toArray(String[]::new);

    JavaProcess process =
        loadTime(JavaProcess.jdk(25), List.of("--sun-misc-unsafe-memory-access=deny"), all);

    assertTotals(process, all);
  }

  @Test
  void aspectjsOwnAgent_countsAll() throws Exception {
    String[] all = scenarios().toArray(String[]::new);
    List<String> args = new ArrayList<>(QUIET);
    args.add("-javaagent:" + JavaProcess.classPath("aspectjweaver"));
    args.addAll(List.of("-cp", runTime(Fixtures.unwoven())));
    args.add("com.example.fixtures.Run");
    args.addAll(List.of(all));

    assertTotals(JavaProcess.run(JavaProcess.thisJdk(), args), all);
  }

  private static JavaProcess compileTime(Path jdk, List<String> options, String... scenarios)
      throws IOException {
    List<String> args = new ArrayList<>(QUIET);
    args.addAll(options);
    args.addAll(List.of("-cp", runTime(Fixtures.woven()), "com.example.fixtures.Run"));
    args.addAll(List.of(scenarios));
    return JavaProcess.run(jdk, args);
  }

  private static JavaProcess loadTime(Path jdk, List<String> options, String... scenarios)
      throws IOException {
    List<String> args = new ArrayList<>(QUIET);
    args.addAll(options);
    args.add(agent());
    String classPath = Fixtures.unwoven() + File.pathSeparator + Fixtures.annotations();
    args.addAll(List.of("-cp", classPath, "com.example.fixtures.Run"));
    args.addAll(List.of(scenarios));
    return JavaProcess.run(jdk, args);
  }

  private static String agent() {
    return "-javaagent:" + JavaProcess.AGENT;
  }

  private static String runTime(Path fixtures) throws IOException {
    return String.join(
        File.pathSeparator,
        fixtures.toString(),
        Fixtures.aspectsJar().toString(),
        Fixtures.libraries());
  }

  private static void assertTotals(JavaProcess process, String... scenarios) throws Exception {
    assertThat(process.exitCode()).as(process.err()).isZero();
    List<String> expected = new ArrayList<>();
    for (String scenario : scenarios) expected.addAll(Fixtures.expected(scenario));
    assertThat(process.out()).as(process.err()).containsExactlyInAnyOrderElementsOf(expected);
  }
}
