package io.zibrato.bench.startup;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One way to run the generated application.
 *
 * @param options of the JVM, and its class path
 * @param says what must stand on standard error, so that a variant which wove nothing by mistake is
 *     not measured
 */
record Variant(String name, List<String> options, String says) {
  static final String NO_AGENT = "no agent";
  static final String IDLE_AGENT = "an agent that leaves all classes alone";
  static final String NONE_WOVEN = "our agent, none woven";
  static final String SOME_WOVEN = "our agent, 20 woven";
  static final String NARROW_INCLUDE = "aspectjweaver, narrow include";
  static final String NO_INCLUDE = "aspectjweaver, no include";

  /**
   * Measurements go nowhere, alike for all that measure, so that no broker is needed. All else is
   * as the JVM and the settings have it by default.
   */
  private static final List<String> ALIKE = List.of("-Dzibrato.port=1");

  /**
   * All of them.
   *
   * @param weaver AspectJ's own agent
   * @param libraries what that one needs on the class path to weave our aspects
   */
  static List<Variant> all(Application app, Path agent, Path weaver, List<Path> libraries) {
    String ours = "-javaagent:" + agent;
    String theirs = "-javaagent:" + weaver;
    List<Path> narrow = new ArrayList<>(List.of(app.narrowFolder(), app.annotatedJar()));
    narrow.addAll(libraries);
    List<Path> all = new ArrayList<>(List.of(app.annotatedJar()));
    all.addAll(libraries);
    String none = "wove 0 sites in 0 classes, 0 errors";
    String woven = "wove 40 sites in 20 classes, 0 errors";
    return List.of(
        variant(NO_AGENT, List.of(), List.of(app.plainJar()), ""),
        variant(IDLE_AGENT, List.of("-javaagent:" + app.idleAgent()), List.of(app.plainJar()), ""),
        variant(NONE_WOVEN, List.of(ours), List.of(app.plainJar()), none),
        variant(SOME_WOVEN, List.of(ours), List.of(app.annotatedJar()), woven),
        variant(NARROW_INCLUDE, List.of(theirs), narrow, ""),
        variant(NO_INCLUDE, List.of(theirs), all, ""));
  }

  private static Variant variant(
      String name, List<String> agent, List<Path> classPath, String says) {
    List<String> options = new ArrayList<>(ALIKE);
    options.addAll(agent);
    options.add("-cp");
    options.add(String.join(File.pathSeparator, classPath.stream().map(Path::toString).toList()));
    return new Variant(name, options, says);
  }

  /** Looks at what a run said on standard error. */
  void check(String err) throws IOException {
    if (!err.contains(says)) throw new IOException(name + " does not say \"" + says + "\": " + err);
  }
}
