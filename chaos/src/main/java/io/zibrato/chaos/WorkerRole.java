package io.zibrato.chaos;

import io.zibrato.chaos.kill.KillPoint;
import io.zibrato.chaos.kill.Step;
import io.zibrato.processes.Installation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** A worker, what it keeps, and what its next run dies of. */
final class WorkerRole {
  static final String CHAOS = "chaos/target/zibrato-chaos.jar";
  private static final String WEAVER = "chaos/target/aspectjweaver.jar";
  private static final int DAMAGED_BYTES = 40;
  private static final String ALL_REFUSED = "10000";

  private final Installation installation;
  private final Path state;
  private final List<String> args;
  private Role role;
  private Step step;
  private int times;

  WorkerRole(Installation installation, Path state, List<String> args) {
    this.installation = installation;
    this.state = state;
    this.args = args;
  }

  void is(Role role) {
    this.role = role;
  }

  Role role() {
    return role;
  }

  Path state() {
    return state;
  }

  /** Its next run, and only that, dies the so-many-th time that it comes to the step. */
  void dieAt(Step step, int times) {
    this.step = step;
    this.times = times;
  }

  List<String> command() throws IOException {
    List<String> options = new ArrayList<>();
    List<String> jars = new ArrayList<>(List.of(installation.backend("librato")));
    if (step != null) {
      options.add("-javaagent:" + installation.path(WEAVER));
      options.add("-Dorg.aspectj.weaver.loadtime.configuration=" + aop().toUri());
      options.add("-D" + KillPoint.STEP + '=' + step);
      options.add("-D" + KillPoint.TIMES + '=' + times);
      jars.add(CHAOS);
      step = null;
    }
    List<String> command =
        installation.java(options, jars, "io.zibrato.backends.librato.LibratoMain");
    command.addAll(args);
    return command;
  }

  private Path aop() throws IOException {
    Path file = state.resolveSibling("kill-aop.xml");
    try (InputStream in = KillPoint.class.getResourceAsStream("aop.xml")) {
      Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
    }
    return file;
  }

  /** Changes some bytes of what it keeps; it must not be running. */
  void damage(Random random) throws IOException {
    Path file = state.resolve("worker.db");
    byte[] bytes = Files.readAllBytes(file);
    for (int i = 0; i < DAMAGED_BYTES; i++) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    Files.write(file, bytes);
  }

  /** Bytes of all that it keeps. */
  long stateBytes() throws IOException {
    long bytes = 0;
    try (Stream<Path> files = Files.list(state)) {
      for (Path file : files.toList()) {
        // What was put aside as damaged is for the user to look at, and to delete.
        if (!file.getFileName().toString().startsWith("worker.")) continue;
        if (file.getFileName().toString().contains(".damaged-")) continue;
        if (Files.exists(file)) bytes += Files.size(file);
      }
    }
    return bytes;
  }

  /** Writes what its {@code spool} command says to a file; it may be running, or not. */
  void tell(Path file) throws IOException, InterruptedException {
    List<String> command =
        installation.java(
            List.of(),
            installation.backend("librato"),
            "spool",
            "--state",
            state.toString(),
            "--refused",
            ALL_REFUSED);
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(file.toFile()).start();
    if (process.waitFor() != 0) throw new IOException("spool of " + state + " failed; see " + file);
  }
}
