package io.zibrato.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.zibrato.transport.Endpoints;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/** The executable jar, as a process. */
class BrokerIT {
  private static final int EXIT_SECONDS = 20;
  private static final Pattern LISTENING =
      Pattern.compile(
          "broker listening on 127\\.0\\.0\\.1:(\\d+) \\(publishers\\) and"
              + " 127\\.0\\.0\\.1:(\\d+) \\(workers\\)"
              + "(?:, health at http://127\\.0\\.0\\.1:(\\d+)/health)?");

  @TempDir Path dir;
  private final List<Process> processes = new ArrayList<>();

  @AfterEach
  void stop() {
    processes.forEach(Process::destroyForcibly);
  }

  @ParameterizedTest
  @CsvSource({
    "--port, nowhere",
    "--port, -1",
    "--port, 65536",
    "--port, 65535",
    "--health-port, 70000",
    "--health-port, x",
    "--host, 0.0.0.0",
    "--host, *",
    "--host, example.org",
    "--host, ' '",
    "--config, no-such-file",
  })
  void flags_namesFlagAndValue(String flag, String value) throws Exception {
    Process broker = start(flag, value);

    assertThat(exitCode(broker)).isEqualTo(2);
    assertThat(errors()).contains(flag).contains(value).doesNotContain("\tat ");
  }

  @Test
  void flags_unknownOnesAreNamed() throws Exception {
    assertThat(exitCode(start("--prot", "1"))).isEqualTo(2);
    assertThat(errors()).contains("--prot");
  }

  @Test
  void host_otherThanLoopbackNeedsInsecure() throws Exception {
    assertThat(exitCode(start("--host", "0.0.0.0", "--port", "0"))).isEqualTo(2);
    assertThat(errors()).contains("--host").contains("0.0.0.0").contains("--insecure");

    Process broker = start("--host", "0.0.0.0", "--port", "0", "--insecure");
    assertThat(broker.inputReader().readLine()).startsWith("broker listening on 0.0.0.0:");
  }

  @Test
  void keygen_makesKeysThatTheBrokerTakes() throws Exception {
    String folder = dir.resolve("keys").toString();
    Process keygen = start("keygen", folder);
    assertThat(exitCode(keygen)).isZero();
    assertThat(keygen.inputReader().readLine()).contains(folder);
    assertThat(exitCode(start("keygen", folder))).isEqualTo(1);
    assertThat(errors()).contains(folder).contains("stay as they are");
    assertThat(exitCode(start("keygen", folder, "--client", "web1"))).isZero();
    assertThat(exitCode(start("keygen", folder, "--client", "web1"))).isEqualTo(1);
    assertThat(exitCode(start("keygen", folder, "--client", "../web1"))).isEqualTo(2);
    assertThat(exitCode(start("keygen"))).isEqualTo(2);
    String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(dir.resolve("keys")));
    assertThat(mode).isEqualTo("rwx------");

    String keys = folder + "/broker";
    Process broker = start("--host", "0.0.0.0", "--port", "0", "--curve-keys", keys);
    assertThat(broker.inputReader().readLine())
        .startsWith("broker listening on 0.0.0.0:")
        .endsWith("CURVE for 2 clients");

    Path secret = dir.resolve("keys/broker/broker.key_secret");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(exitCode(start("--port", "0", "--curve-keys", keys))).isEqualTo(1);
    assertThat(errors()).contains(secret.toString()).contains("0644");
  }

  @Test
  void source_longerThanASourceIsRefused() throws Exception {
    assertThat(exitCode(start("--source", "s".repeat(256)))).isEqualTo(2);
    assertThat(errors()).contains("--source").contains("ssss");
  }

  @Test
  void help_andVersionExitWithZero() throws Exception {
    Process help = start("--help");
    assertThat(exitCode(help)).isZero();
    assertThat(String.join("\n", help.inputReader().lines().toList()))
        .contains("--host", "--port", "--health-port", "--insecure", "--source", "5550");

    Process version = start("--version");
    assertThat(exitCode(version)).isZero();
    assertThat(version.inputReader().readLine()).matches("zibrato-broker \\d.*");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void port_inUseIsSaid(int offset) throws Exception {
    int port = freePair();
    try (ServerSocket other =
        new ServerSocket(port + offset, 1, InetAddress.getByName("127.0.0.1"))) {
      Process broker = start("--port", Integer.toString(port));

      assertThat(exitCode(broker)).isEqualTo(1);
      assertThat(errors()).contains("port " + other.getLocalPort() + " is in use");
    }
  }

  @Test
  void healthPort_inUseIsSaid() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      String port = Integer.toString(other.getLocalPort());
      Process broker = start("--port", "0", "--health-port", port);

      assertThat(exitCode(broker)).isEqualTo(1);
      assertThat(errors()).contains("port " + port + " is in use");
    }
  }

  @Test
  void messages_flowThroughTheProcess() throws Exception {
    Process broker = start("--port", "0", "--health-port", "0");
    Matcher listening = listening(broker);
    try (ZContext context = new ZContext()) {
      ZMQ.Socket publisher = connect(context, SocketType.PUB, listening.group(1));
      ZMQ.Socket subscriber = connect(context, SocketType.SUB, listening.group(2));
      subscriber.subscribe("info|");
      await()
          .until(
              () -> {
                publisher.send("info|Counter|n|1|0|s");
                return "info|Counter|n|1|0|s".equals(subscriber.recvStr(ZMQ.DONTWAIT));
              });
    }

    HealthClient health = new HealthClient(Integer.parseInt(listening.group(3)));
    assertThat(health.page().get("status").getAsString()).isEqualTo("ok");
    assertThat(health.traffic("info", "messages_in")).isPositive();
    assertThat(health.traffic("info", "messages_out")).isPositive();
  }

  @Test
  void sigterm_endsItWithZero() throws Exception {
    Process broker = start("--port", "0", "--health-port", "0");
    listening(broker);

    broker.destroy();

    assertThat(exitCode(broker)).isZero();
    assertThat(errors()).isEmpty();
  }

  @Test
  void sigterm_endsItWhileAWorkerIsStuck() throws Exception {
    Process broker = start("--port", "0");
    Matcher listening = listening(broker);
    try (ZContext context = new ZContext()) {
      ZMQ.Socket publisher = connect(context, SocketType.PUB, listening.group(1));
      ZMQ.Socket stuck = context.createSocket(SocketType.SUB);
      stuck.setHandshakeIvl(300);
      stuck.setRcvHWM(1);
      stuck.setReceiveBufferSize(4096);
      stuck.connect(Endpoints.tcp("127.0.0.1", Integer.parseInt(listening.group(2))));
      stuck.subscribe("info|");
      byte[] message = new byte[100_000];
      System.arraycopy(Peers.bytes("info|"), 0, message, 0, 5);
      await().until(() -> publisher.send(message) && stuck.recv(ZMQ.DONTWAIT) != null);
      for (int i = 0; i < 500; i++) publisher.send(message);

      broker.destroy();

      assertThat(exitCode(broker)).isZero();
    }
  }

  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void descriptors_tooFewAreSaid() throws Exception {
    Process broker = startLimited(80, "--port", "0");

    assertThat(exitCode(broker)).isEqualTo(1);
    assertThat(errors()).contains("too few file descriptors").doesNotContain("\tat ");
  }

  private static int freePair() throws IOException {
    try (Broker broker = Broker.start(BrokerOptions.onLoopback(0))) {
      return broker.publisherPort();
    }
  }

  private Process start(String... flags) throws IOException {
    return start(List.of(), flags);
  }

  private Process start(List<String> jvmFlags, String... flags) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmFlags);
    command.addAll(List.of("-jar", System.getProperty("zibrato.broker.jar")));
    command.addAll(List.of(flags));
    Process process =
        new ProcessBuilder(command).redirectError(dir.resolve("errors").toFile()).start();
    processes.add(process);
    return process;
  }

  private Process startLimited(int descriptors, String... flags) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command = new ArrayList<>(List.of("prlimit", "--nofile=" + descriptors, java));
    command.addAll(List.of("-jar", System.getProperty("zibrato.broker.jar")));
    command.addAll(List.of(flags));
    Process process =
        new ProcessBuilder(command).redirectError(dir.resolve("errors").toFile()).start();
    processes.add(process);
    return process;
  }

  private String errors() throws IOException {
    return Files.readString(dir.resolve("errors"));
  }

  private static int exitCode(Process process) throws InterruptedException {
    assertThat(process.waitFor(EXIT_SECONDS, TimeUnit.SECONDS)).as("ended").isTrue();
    return process.exitValue();
  }

  private static Matcher listening(Process broker) throws IOException {
    BufferedReader out = broker.inputReader();
    Matcher matcher = LISTENING.matcher(String.valueOf(out.readLine()));
    assertThat(matcher.matches()).isTrue();
    return matcher;
  }

  private static ZMQ.Socket connect(ZContext context, SocketType type, String port) {
    ZMQ.Socket socket = context.createSocket(type);
    socket.setHandshakeIvl(300);
    socket.connect(Endpoints.tcp("127.0.0.1", Integer.parseInt(port)));
    return socket;
  }
}
