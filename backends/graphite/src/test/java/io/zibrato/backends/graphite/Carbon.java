package io.zibrato.backends.graphite;

import static org.awaitility.Awaitility.await;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.zibrato.backends.testing.Tools;
import io.zibrato.processes.Child;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Debian's carbon-cache on the loopback, and what whisper-fetch reads of its files. */
final class Carbon {
  private static final String CARBON = "carbon-cache";
  private static final String FETCH = "whisper-fetch";
  private static final String PACKAGE = "Debian's package graphite-carbon";

  final int port;
  final int picklePort;
  private final Path dir;
  private final Path whisper;
  private final Path fetch;
  private final List<String> command;
  private final long sinceSeconds =
      System.currentTimeMillis() / 1000 - 7200; // steps of an hour too

  /** Starts a process, as {@code EndToEnd} and {@code Children} do. */
  interface Starter {
    Child start(String name, String readyLine, List<String> command) throws IOException;
  }

  /**
   * @param retention of all, as in storage-schemas.conf
   */
  Carbon(Path dir, String retention) throws IOException {
    Path carbon = Tools.program(CARBON, PACKAGE);
    this.fetch = Tools.program(FETCH, PACKAGE);
    this.dir = dir;
    this.whisper = dir.resolve("whisper");
    this.port = Tools.freePort();
    this.picklePort = Tools.freePort();
    Path conf = Files.createDirectories(dir.resolve("conf"));
    List<String> lines =
        List.of(
            "[cache]",
            "USER =",
            "STORAGE_DIR = " + dir,
            "LOCAL_DATA_DIR = " + whisper,
            "LOG_DIR = " + dir,
            "PID_DIR = " + dir,
            "CONF_DIR = " + conf,
            "LINE_RECEIVER_INTERFACE = 127.0.0.1",
            "LINE_RECEIVER_PORT = " + port,
            "PICKLE_RECEIVER_INTERFACE = 127.0.0.1",
            "PICKLE_RECEIVER_PORT = " + picklePort,
            "CACHE_QUERY_INTERFACE = 127.0.0.1",
            "CACHE_QUERY_PORT = " + Tools.freePort(),
            "MAX_CREATES_PER_MINUTE = inf",
            "MAX_UPDATES_PER_SECOND = inf",
            "WHISPER_SPARSE_CREATE = True",
            "ENABLE_TAGS = False");
    Files.write(conf.resolve("carbon.conf"), lines);
    Files.write(
        conf.resolve("storage-schemas.conf"),
        List.of("[all]", "pattern = .*", "retentions = " + retention));
    Files.write(
        conf.resolve("storage-aggregation.conf"),
        List.of("[all]", "pattern = .*", "xFilesFactor = 0", "aggregationMethod = sum"));
    command =
        List.of(
            carbon.toString(),
            "--config=" + conf.resolve("carbon.conf"),
            "--pidfile=" + dir.resolve("carbon.pid"),
            "--nodaemon",
            "start");
  }

  Child start(Starter starter) throws IOException, InterruptedException {
    Files.deleteIfExists(dir.resolve("carbon.pid"));
    Child carbon = starter.start("carbon", "Starting factory|starting|Site starting", command);
    await()
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptionsInstanceOf(ConnectException.class)
        .until(
            () -> {
              carbon.check();
              return accepts(port) && accepts(picklePort);
            });
    return carbon;
  }

  private static boolean accepts(int port) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    }
  }

  /** All files of series, as paths below the folder. */
  List<String> series() throws IOException {
    if (!Files.isDirectory(whisper)) return List.of();
    try (Stream<Path> all = Files.walk(whisper)) {
      return all.filter(each -> each.toString().endsWith(".wsp"))
          .map(each -> whisper.relativize(each).toString())
          .toList();
    }
  }

  /** The values that a path has on disk. */
  List<BigDecimal> values(String path) throws IOException, InterruptedException {
    Path file = whisper.resolve(path.replace('.', '/') + ".wsp");
    if (!Files.exists(file)) return List.of();
    String json =
        Tools.output(
            dir,
            List.of(
                fetch.toString(),
                "--json",
                "--drop=nulls",
                "--from=" + sinceSeconds,
                "--until=" + (System.currentTimeMillis() / 1000 + 60),
                file.toString()));
    JsonArray values = JsonParser.parseString(json).getAsJsonObject().getAsJsonArray("values");
    List<BigDecimal> all = new ArrayList<>();
    for (JsonElement each : values) all.add(each.getAsBigDecimal());
    return all;
  }

  BigDecimal sum(String path) throws IOException, InterruptedException {
    return values(path).stream().reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
