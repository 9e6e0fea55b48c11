package io.zibrato.bench.pipe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The clone whose jars are measured, and the outside programs that they are measured against.
 *
 * @param home its top folder
 */
public record Clone(Path home) {
  private static final long TOOL_SECONDS = 300;

  /** The command that runs a jar of ours. */
  public List<String> jar(String jar, List<String> options, String... args) throws IOException {
    List<String> command = new ArrayList<>(List.of(java()));
    command.addAll(options);
    command.addAll(List.of("-jar", file(jar).toString()));
    command.addAll(List.of(args));
    return command;
  }

  /** The command that runs a main class of the bench. */
  public List<String> main(Class<?> main, List<String> options, String... args) {
    List<String> command = new ArrayList<>(List.of(java()));
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(args));
    return command;
  }

  /** A new folder for a worker's state, on the disk that the clone is on. */
  public String newState() throws IOException {
    Path target = Files.createDirectories(home.resolve("bench/target"));
    return Files.createTempDirectory(target, "state-").toAbsolutePath().toString();
  }

  String agent() throws IOException {
    return "-javaagent:" + file("aspects/target/zibrato-agent.jar");
  }

  public Path file(String name) throws IOException {
    Path file = home.resolve(name).toAbsolutePath().normalize();
    if (Files.isReadable(file)) return file;
    throw new IOException("there is no " + name + "; ./zibrato bench builds what is missing");
  }

  /** Compiles a program of {@code bench/src/main/c} with libzmq, and returns it. */
  Path compiled(String program) throws IOException, InterruptedException {
    Path source = file("bench/src/main/c/" + program + ".c");
    Path target = Files.createDirectories(home.resolve("bench/target/c")).resolve(program);
    List<String> gcc = List.of("gcc", "-O2", "-o", target + "", source + "", "-lzmq");
    String said = run(home, gcc, "gcc is needed, Debian's package gcc");
    if (!said.isEmpty()) {
      boolean zmq = said.contains("zmq.h") || said.contains("-lzmq");
      throw new IOException(
          (zmq ? "libzmq is needed, Debian's package libzmq3-dev: " : "gcc: ") + said);
    }
    return target.toAbsolutePath();
  }

  /**
   * Installs npm's package of the version into {@code bench/target/npm}, and returns its folder.
   */
  Path npm(String name, String version) throws IOException, InterruptedException {
    Path dir = Files.createDirectories(home.resolve("bench/target/npm")).toAbsolutePath();
    Path module = dir.resolve("node_modules").resolve(name);
    if (Files.isDirectory(module)) return module;
    List<String> install =
        List.of(
            "npm",
            "install",
            "--no-save",
            "--omit=optional",
            "--no-audit",
            "--no-fund",
            "--loglevel=error",
            "--prefix",
            dir + "",
            name + '@' + version);
    String said = run(dir, install, "npm is needed, Debian's package npm");
    if (!Files.isDirectory(module)) throw new IOException("npm: " + said);
    return module;
  }

  private static String run(Path dir, List<String> command, String missing)
      throws IOException, InterruptedException {
    Process process;
    try {
      process =
          new ProcessBuilder(command).directory(dir.toFile()).redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new IOException(missing, e);
    }
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes()).strip();
    if (!process.waitFor(TOOL_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      return command.get(0) + " did not end";
    }
    return process.exitValue() == 0
        ? ""
        : said.isEmpty() ? "exit code " + process.exitValue() : said;
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }
}
