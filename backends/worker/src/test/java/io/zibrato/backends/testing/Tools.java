package io.zibrato.backends.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Programs that are not ours, and ports for them. A test that needs a missing program is skipped,
 * or fails where {@code zibrato.test.require-tools} is {@code true}.
 */
public final class Tools {
  private static final long SECONDS = 120;
  private static final int LEAST_PORT = 10_000;
  private static final int MOST_PORT = 32_000;

  private Tools() {}

  /** The program of that name in one of the path's folders. */
  public static Path program(String name, String hint) {
    for (String folder : System.getenv("PATH").split(":")) {
      Path file = Path.of(folder, name);
      if (Files.isExecutable(file)) return file;
    }
    requireOrSkip(false, name + " (" + hint + ")");
    throw new AssertionError("not reached");
  }

  /**
   * @param tool what is missing, if {@code there} is false
   */
  public static void requireOrSkip(boolean there, String tool) {
    if (!there && Boolean.getBoolean("zibrato.test.require-tools")) {
      throw new AssertionError("there is no " + tool);
    }
    assumeTrue(there, "needs " + tool);
  }

  /**
   * What a short command prints on its standard output.
   *
   * @throws IOException if it does not end with exit code 0
   */
  public static String output(Path dir, List<String> command)
      throws IOException, InterruptedException {
    Path err = Files.createTempFile(dir, "err", ".txt");
    Process process =
        new ProcessBuilder(command).directory(dir.toFile()).redirectError(err.toFile()).start();
    process.getOutputStream().close();
    byte[] out = process.getInputStream().readAllBytes();
    if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException(command + " did not end");
    }
    String said = new String(out, StandardCharsets.UTF_8);
    if (process.exitValue() == 0) return said;
    throw new IOException(command + " failed: " + said + Files.readString(err));
  }

  /**
   * The folder of npm's package of the version, which is installed into {@code target/npm} unless
   * it is there.
   */
  public static Path npm(String name, String version) throws IOException, InterruptedException {
    Path dir = Files.createDirectories(Path.of("target", "npm").toAbsolutePath());
    Path module = dir.resolve("node_modules").resolve(name);
    if (Files.isDirectory(module)) return module;
    String npm = program("npm", "Debian's package npm").toString();
    List<String> install =
        List.of(npm, "install", "--no-save", "--omit=optional", "--no-audit", "--no-fund");
    List<String> command = new ArrayList<>(install);
    command.addAll(List.of("--loglevel=error", "--prefix", dir.toString(), name + '@' + version));
    try {
      output(dir, command);
    } catch (IOException e) {
      requireOrSkip(false, "npm's package " + name + ": " + e.getMessage());
    }
    return module;
  }

  /**
   * A port of the loopback that was free just now, for TCP and UDP. It is none of those that the
   * system gives to whoever connects, so that nobody takes it by chance before it is used.
   */
  public static int freePort() throws IOException {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(LEAST_PORT, MOST_PORT);
      InetAddress loopback = InetAddress.getLoopbackAddress();
      try (ServerSocket tcp = new ServerSocket(port, 1, loopback);
          DatagramSocket udp = new DatagramSocket(tcp.getLocalPort(), loopback)) {
        return udp.getLocalPort();
      } catch (BindException e) {
        // Somebody has it: another one, then.
      }
    }
  }
}
