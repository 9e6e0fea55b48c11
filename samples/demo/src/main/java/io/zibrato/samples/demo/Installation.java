package io.zibrato.samples.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The jars that the demo starts, as the build leaves them. */
record Installation(Path home) {
  private static final List<String> SMALL = List.of("-Xmx256m", "-XX:+UseSerialGC");

  /** The command that starts a jar; the last of the arguments are the program's. */
  List<String> java(List<String> options, String jar, String... args) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(SMALL);
    command.addAll(options);
    command.add("-jar");
    command.add(path(jar));
    command.addAll(List.of(args));
    return command;
  }

  String path(String file) throws IOException {
    Path path = home.resolve(file);
    if (Files.isReadable(path)) return path.toString();
    throw new IOException("there is no " + path + "; ./zibrato demo builds what is missing");
  }

  String broker() {
    return "broker/target/zibrato-broker.jar";
  }

  String backend(String service) {
    return "backends/" + service + "/target/zibrato-" + service + ".jar";
  }

  String agent() {
    return "aspects/target/zibrato-agent.jar";
  }

  String shop() {
    return "samples/compile-time-weaving/target/shop.jar";
  }

  String documents() {
    return "samples/load-time-weaving/target/documents.jar";
  }

  String weaveProperties() {
    return "samples/load-time-weaving/weave.properties";
  }
}
