package io.zibrato.backends.statsd;

import static org.awaitility.Awaitility.await;

import io.zibrato.backends.testing.Tools;
import io.zibrato.processes.Child;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** npm's statsd on the loopback, by UDP and TCP on one port, and what its admin port says. */
final class NpmDaemon {
  private static final String VERSION = "0.9.0";
  private static final int TIMEOUT_MILLIS = 30_000;

  final int port;
  private final int adminPort;
  private final List<String> command;

  /** Starts a process, as {@code EndToEnd} and {@code Children} do. */
  interface Starter {
    Child start(String name, String readyLine, List<String> command) throws IOException;
  }

  /**
   * @param flushMillis how often it would hand its numbers on; what its admin port tells begins
   *     anew then
   */
  NpmDaemon(Path dir, long flushMillis) throws IOException, InterruptedException {
    Path node = Tools.program("node", "Debian's package nodejs");
    Path statsd = Tools.npm("statsd", VERSION);
    port = Tools.freePort();
    adminPort = Tools.freePort();
    Path config = dir.resolve("statsd.js");
    String server = "{ server: './servers/%s', address: '127.0.0.1', port: %d }";
    Files.writeString(
        config,
        ("{ servers: ["
                + server
                + ", "
                + server
                + "], mgmt_address: '127.0.0.1',"
                + " mgmt_port: %d, flushInterval: %d, deleteTimers: true, backends: ['%s'] }%n")
            .formatted("udp", port, "tcp", port, adminPort, flushMillis, totals()));
    command = List.of(node.toString(), statsd.resolve("stats.js").toString(), config.toString());
  }

  private static Path totals() {
    try {
      return Path.of(NpmDaemon.class.getResource("/totals.js").toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  Child start(Starter starter) throws IOException, InterruptedException {
    Child daemon = starter.start("statsd", "server is up", command);
    daemon.ready();
    // It says so before it listens.
    for (int each : new int[] {port, adminPort}) {
      await()
          .atMost(Duration.ofSeconds(60))
          .ignoreExceptionsInstanceOf(ConnectException.class)
          .until(
              () -> {
                daemon.check();
                return accepts(each);
              });
    }
    return daemon;
  }

  private static boolean accepts(int port) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    }
  }

  /** What the daemon itself holds: {@code counters}, {@code gauges}, or {@code timers}' values. */
  Map<String, String> held(String kind) throws IOException {
    Map<String, String> held = new HashMap<>();
    Matcher each =
        Pattern.compile("'?([A-Za-z0-9_.;=-]+)'?: ((?:\\[[^\\]]*\\])|[^,\\s}]+)")
            .matcher(ask(kind));
    while (each.find()) {
      if (!each.group(1).startsWith("statsd.")) held.put(each.group(1), each.group(2));
    }
    return held;
  }

  /** The lines that it could not read. */
  long badLines() throws IOException {
    Matcher line = Pattern.compile("messages.bad_lines_seen: (\\d+)").matcher(ask("stats"));
    if (!line.find()) throw new IOException("no bad_lines_seen");
    return Long.parseLong(line.group(1));
  }

  /** What our backend in it has added up of a series since it began; 0 if there is none. */
  long total(String kind, String key) throws IOException {
    Matcher line =
        Pattern.compile("(?m)^totals\\." + kind + "\\." + Pattern.quote(key) + ": (\\S+)$")
            .matcher(ask("stats"));
    return line.find() ? new BigDecimal(line.group(1)).longValueExact() : 0;
  }

  private String ask(String what) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), adminPort)) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.getOutputStream().write((what + "\n").getBytes(StandardCharsets.US_ASCII));
      StringBuilder answer = new StringBuilder();
      InputStream in = socket.getInputStream();
      byte[] buffer = new byte[65_536];
      while (answer.indexOf("END\n\n") < 0) {
        int read = in.read(buffer);
        if (read < 0) throw new IOException("the admin port said only: " + answer);
        answer.append(new String(buffer, 0, read, StandardCharsets.US_ASCII));
      }
      return answer.toString();
    }
  }
}
