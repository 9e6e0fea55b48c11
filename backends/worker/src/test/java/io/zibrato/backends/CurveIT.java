package io.zibrato.backends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.zibrato.Zibrato;
import io.zibrato.meter.Counter;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application and a worker that encrypt, with a broker in a process of its own between them. */
class CurveIT {
  private static final Duration LONG = Duration.ofSeconds(40);

  /** Debian's, which has python3-zmq; the first one on the path may be another. */
  private static final String PYTHON =
      Files.isExecutable(Path.of("/usr/bin/python3")) ? "/usr/bin/python3" : "python3";

  private static final String PROXY =
      """
      import sys, zmq, zmq.auth
      from zmq.auth.thread import ThreadAuthenticator
      context = zmq.Context()
      authenticator = ThreadAuthenticator(context)
      authenticator.start()
      authenticator.configure_curve(domain='*', location=sys.argv[1] + '/clients')
      public, secret = zmq.auth.load_certificate(sys.argv[1] + '/broker.key_secret')
      sides = [context.socket(zmq.XSUB), context.socket(zmq.XPUB)]
      for port, side in enumerate(sides, int(sys.argv[2])):
          side.curve_publickey, side.curve_secretkey, side.curve_server = public, secret, True
          side.bind('tcp://127.0.0.1:%d' % port)
      print('ready', flush=True)
      zmq.proxy(*sides)
      """;

  @TempDir Path dir;

  private final List<Process> processes = new ArrayList<>();
  private final AtomicLong arrived = new AtomicLong();
  private final AtomicLong ownWord = new AtomicLong();
  private int port;
  private Path keys;
  private Process middle;
  private Zibrato application;
  private Worker worker;

  private final class Adding extends Backend {
    @Override
    public void connect() {}

    @Override
    public void flush(Snapshot snapshot) {
      for (Measurement each : snapshot.measurements()) {
        if (!(each instanceof CounterTotal counter)) continue;
        String name = counter.key().name();
        if (!name.startsWith("zibrato.")) arrived.addAndGet(counter.sum());
        if (name.startsWith("zibrato.worker.")) ownWord.addAndGet(counter.sum());
      }
    }
  }

  private static final class Quiet implements Worker.Listener {
    @Override
    public void connected(String endpoint) {}

    @Override
    public void failed(String reason) {
      throw new AssertionError(reason);
    }
  }

  @BeforeEach
  void makeKeys() throws Exception {
    port = freePair();
    keys = dir.resolve("keys");
    Process keygen = broker("keygen", keys.toString());
    assertThat(keygen.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(keygen.exitValue()).isZero();
  }

  @AfterEach
  void stop() {
    if (application != null) application.close();
    if (worker != null) worker.close();
    processes.forEach(Process::destroyForcibly);
    System.clearProperty("zibrato.curve.keys");
  }

  @Test
  void counts_areExactThoughTheBrokerIsKilled() throws Exception {
    startBroker();
    startWorker(keys.resolve("client"));
    startApplication(keys.resolve("client"));
    Counter hits = application.counter("info", "hits");
    for (int run = 0; run < 4; run++) {
      long before = arrived.get();
      for (int i = 0; i < 1_000; i++) hits.increment();
      await().atMost(LONG).until(() -> arrived.get() > before);
      middle.destroyForcibly().waitFor();
      for (int i = 0; i < 1_000; i++) hits.increment();
      startBroker();
    }

    await().atMost(LONG).untilAsserted(() -> assertThat(arrived).hasValue(8_000));
    hits.increment(5);
    application.close();
    await().atMost(LONG).untilAsserted(() -> assertThat(arrived).hasValue(8_005));
  }

  @Test
  void connections_outliveSilence() throws Exception {
    startBroker();
    startWorker(keys.resolve("client"));
    startApplication(keys.resolve("client"));
    Counter hits = application.counter("info", "hits");
    hits.increment();
    await().atMost(LONG).untilAsserted(() -> assertThat(arrived).hasValue(1));
    long messages = worker.stats().messages();

    // Longer than ZeroMQ's heartbeats may stay away.
    await().pollDelay(Duration.ofSeconds(9)).until(() -> true);
    hits.increment();

    await().atMost(LONG).untilAsserted(() -> assertThat(arrived).hasValue(2));
    assertThat(worker.stats().reconnects()).isZero();
    assertThat(worker.stats().messages()).isGreaterThan(messages);
  }

  @Test
  void proxyOfAnotherKind_servesOursAlone() throws Exception {
    assumeZmq();
    middle = process(List.of(PYTHON, "-c", PROXY, keys + "/broker", Integer.toString(port)));
    assertThat(middle.inputReader().readLine()).isEqualTo("ready");
    startWorker(keys.resolve("client"));
    startApplication(keys.resolve("client"));

    application.counter("info", "hits").increment(7);

    await().atMost(LONG).untilAsserted(() -> assertThat(arrived).hasValue(7));
    application.close();
    worker.close();
    worker = null;
    arrived.set(0);
    Files.delete(keys.resolve("broker").resolve("clients").resolve("client.key"));
    middle.destroyForcibly().waitFor();
    middle = process(List.of(PYTHON, "-c", PROXY, keys + "/broker", Integer.toString(port)));
    assertThat(middle.inputReader().readLine()).isEqualTo("ready");
    startWorker(keys.resolve("client"));
    startApplication(keys.resolve("client"));
    application.counter("info", "hits").increment(7);
    await().pollDelay(Duration.ofSeconds(4)).until(() -> true);
    assertThat(arrived).hasValue(0);
    assertThat(worker.stats().messages()).isZero();
  }

  @Test
  void worker_endsWithoutUsableKeys() throws Exception {
    Path secret = keys.resolve("client").resolve("client.key_secret");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-r--r--"));

    assertThatThrownBy(() -> startWorker(keys.resolve("client")))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll(secret.toString(), "0644");
    assertThatThrownBy(() -> startWorker(dir.resolve("nowhere")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("nowhere");
  }

  /** An application's setting, in a worker's process: all of it encrypts, or it does not start. */
  @Test
  void worker_obeysTheSettingAsItsOwnReportDoes() throws Exception {
    startBroker();
    System.setProperty("zibrato.curve.keys", keys.resolve("client").toString());
    startWorker(Optional.empty(), Set.of("info", "zibrato"));
    startApplication(keys.resolve("client"));

    application.counter("info", "hits").increment(7);

    await().atMost(LONG).untilAsserted(() -> assertThat(arrived).hasValue(7));
    await().atMost(LONG).until(() -> ownWord.get() > 0);
    worker.close();
    worker = null;

    System.setProperty("zibrato.curve.keys", dir.resolve("nowhere").toString());
    assertThatThrownBy(() -> startWorker(Optional.empty(), Set.of()))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll("zibrato.curve.keys", "nowhere");
    System.setProperty("zibrato.curve.keys", " ");
    assertThatThrownBy(() -> startWorker(Optional.empty(), Set.of()))
        .isInstanceOf(IOException.class)
        .hasMessage("zibrato.curve.keys: is set, and names no folder");
    startWorker(keys.resolve("client")); // the option is above it
  }

  private void startBroker() throws Exception {
    String folder = keys.resolve("broker").toString();
    middle = broker("--port", Integer.toString(port), "--curve-keys", folder);
    BufferedReader out = middle.inputReader();
    assertThat(out.readLine()).contains("listening").contains("CURVE for 1 clients");
  }

  private void startWorker(Path folder) throws IOException {
    startWorker(Optional.of(folder), Set.of("info"));
  }

  private void startWorker(Optional<Path> folder, Set<String> levels) throws IOException {
    WorkerOptions options =
        new WorkerOptions(
            List.of("tcp://127.0.0.1:" + (port + 1)),
            levels,
            Duration.ofMillis(100),
            dir.resolve("state"),
            1 << 20,
            Duration.ofDays(1),
            Duration.ofMinutes(5),
            "work",
            folder);
    worker = Worker.start(options, new Adding(), new Quiet());
  }

  private void startApplication(Path folder) {
    application =
        Zibrato.builder()
            .port(port)
            .source("app")
            .publishInterval(Duration.ofMillis(50))
            .curveKeys(folder)
            .build();
  }

  private Process broker(String... args) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("io.zibrato.broker.BrokerMain");
    command.addAll(Arrays.asList(args));
    return process(command);
  }

  private Process process(List<String> command) throws IOException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    processes.add(process);
    return process;
  }

  private void assumeZmq() throws Exception {
    boolean there;
    try {
      there = process(List.of(PYTHON, "-c", "import zmq.auth.thread")).waitFor() == 0;
    } catch (IOException e) {
      there = false; // no python3 at all
    }
    if (Boolean.getBoolean("zibrato.test.require-tools")) assertThat(there).isTrue();
    assumeTrue(there, "python3 with zmq");
  }

  private static int freePair() throws IOException {
    while (true) {
      try (ServerSocket one = new ServerSocket(0)) {
        try (ServerSocket above = new ServerSocket(one.getLocalPort() + 1)) {
          return above.getLocalPort() - 1;
        } catch (IOException e) {
          // Not free; the next one may be.
        }
      }
    }
  }
}
