package io.zibrato.processes;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Our jars, as the build leaves them.
 *
 * @param home the folder of the whole
 */
public record Installation(Path home) {
  private static final List<String> SMALL = List.of("-Xmx256m", "-XX:+UseSerialGC");

  /** The command that starts a jar; the last of the arguments are the program's. */
  public List<String> java(List<String> options, String jar, String... args) throws IOException {
    List<String> command = java(options);
    command.addAll(List.of("-jar", path(jar)));
    command.addAll(List.of(args));
    return command;
  }

  /** The command that starts a main class of some jars, to which arguments may be added. */
  public List<String> java(List<String> options, List<String> jars, String main)
      throws IOException {
    List<String> paths = new ArrayList<>();
    for (String jar : jars) paths.add(path(jar));
    List<String> command = java(options);
    command.addAll(List.of("-cp", String.join(File.pathSeparator, paths), main));
    return command;
  }

  private static List<String> java(List<String> options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(SMALL);
    command.addAll(options);
    return command;
  }

  public String path(String file) throws IOException {
    Path path = home.resolve(file);
    if (Files.isReadable(path)) return path.toString();
    throw new IOException("there is no " + path + "; mvn package builds it");
  }

  public String broker() {
    return "broker/target/zibrato-broker.jar";
  }

  public String backend(String service) {
    return "backends/" + service + "/target/zibrato-" + service + ".jar";
  }

  public String agent() {
    return "aspects/target/zibrato-agent.jar";
  }
}
