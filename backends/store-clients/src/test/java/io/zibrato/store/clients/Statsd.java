package io.zibrato.store.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.PortUnreachableException;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionTimeoutException;

/** npm's {@code statsd} with its Librato backend, as a process that flushes each second. */
final class Statsd implements AutoCloseable {
  private static final String STATSD = "0.9.0";
  private static final String BACKEND = "2.0.16";

  private final Process process;
  private final Path out;
  private final int port;

  private Statsd(Process process, Path out, int port) {
    this.process = process;
    this.out = out;
    this.port = port;
  }

  /**
   * @param librato the backend's settings, as JavaScript
   */
  static Statsd start(Path dir, String librato) throws IOException, InterruptedException {
    Path modules = install(dir);
    int port = freeUdpPort();
    Path config = dir.resolve("statsd.js");
    Files.writeString(
        config,
        """
        {
          address: '127.0.0.1', port: %d,
          mgmt_address: '127.0.0.1', mgmt_port: %d,
          flushInterval: 1000, deleteCounters: true, deleteTimers: true, deleteSets: true,
          debug: true, keyNameSanitize: false,
          backends: ['statsd-librato-backend'],
          librato: %s
        }
        """
            .formatted(port, freeTcpPort(), librato));
    Path out = dir.resolve("statsd.out");
    Process process =
        new ProcessBuilder("node", modules.resolve("statsd/stats.js").toString(), "" + config)
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    Statsd statsd = new Statsd(process, out, port);
    statsd.awaitSaid("server is up");
    statsd.awaitListening();
    return statsd;
  }

  /** It says so before it listens, and what is sent meanwhile is lost. */
  private void awaitListening() {
    await().atMost(Duration.ofSeconds(60)).until(this::listens);
  }

  /** Whether the machine does not say that nobody listens there; an empty line counts nothing. */
  private boolean listens() throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.connect(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout(100);
      socket.send(new DatagramPacket(new byte[] {'\n'}, 1));
      socket.receive(new DatagramPacket(new byte[1], 1));
      return true;
    } catch (PortUnreachableException e) {
      return false;
    } catch (SocketTimeoutException e) {
      return true;
    }
  }

  /** Once for all builds: the versions are fixed, so the folder that has them says all. */
  private static Path install(Path dir) throws IOException, InterruptedException {
    Path kept =
        Path.of("target", "npm", "statsd-" + STATSD + "-backend-" + BACKEND).toAbsolutePath();
    Path modules = kept.resolve("node_modules");
    Path done = kept.resolve("installed");
    if (Files.exists(done)) return modules;
    Files.createDirectories(kept);
    Tool.run(
        dir,
        List.of(
            "npm",
            "install",
            "--no-save",
            "--omit=optional",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            "--loglevel=error",
            "--prefix",
            kept.toString(),
            "statsd@" + STATSD,
            "statsd-librato-backend@" + BACKEND));
    Files.writeString(done, "");
    return modules;
  }

  private static int freeUdpPort() throws IOException {
    try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static int freeTcpPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Sends lines such as {@code hits:1|c}, in one datagram. */
  void send(String... lines) throws IOException {
    byte[] bytes = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.send(new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), port));
    }
  }

  String said() throws IOException {
    return Files.readString(out);
  }

  void awaitSaid(String words) throws IOException {
    try {
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> said().contains(words) || !process.isAlive());
    } catch (ConditionTimeoutException e) {
      // What it said instead is in the assertion below.
    }
    assertThat(said()).contains(words);
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
