package io.zibrato.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Publishers and workers of version 1, in Python over libzmq, on both sides of the broker. */
class PythonPeersIT {
  /** Debian's, which has python3-zmq; the first one on the path may be another. */
  private static final String PYTHON =
      Files.isExecutable(Path.of("/usr/bin/python3")) ? "/usr/bin/python3" : "python3";

  private static final int EXIT_SECONDS = 30;
  private static final String EXCHANGE =
      """
      import sys, time, zmq, zmq.auth
      context = zmq.Context()
      publisher, worker = context.socket(zmq.PUB), context.socket(zmq.SUB)
      for folder in sys.argv[3:]:
          for socket in publisher, worker:
              socket.curve_publickey, socket.curve_secretkey = \\
                  zmq.auth.load_certificate(folder + '/client.key_secret')
              socket.curve_serverkey = zmq.auth.load_certificate(folder + '/broker.key')[0]
      publisher.connect('tcp://127.0.0.1:' + sys.argv[1])
      worker.connect('tcp://127.0.0.1:' + sys.argv[2])
      worker.setsockopt(zmq.SUBSCRIBE, b'info')
      until = time.time() + 15
      while time.time() < until:
          publisher.send(b'debug|Counter|unwanted|1|0|s')
          publisher.send(b'info|Counter|n|1|0|s')
          if worker.poll(50):
              print(worker.recv().decode())
              break
      context.destroy(0)
      """;

  @TempDir Path dir;

  @BeforeEach
  void needsPython() throws Exception {
    boolean there = hasZmq();
    if (Boolean.getBoolean("zibrato.test.require-tools")) assertThat(there).isTrue();
    assumeTrue(there, "python3 with zmq");
  }

  @Test
  void messages_ofVersionOnePass() throws Exception {
    try (Broker broker = Broker.start(BrokerOptions.onLoopback(0))) {
      String publisherPort = Integer.toString(broker.publisherPort());
      String workerPort = Integer.toString(broker.workerPort());
      Process exchange = python(EXCHANGE, publisherPort, workerPort);

      assertThat(exchange.waitFor(EXIT_SECONDS, TimeUnit.SECONDS)).isTrue();
      assertThat(exchange.inputReader().lines()).containsExactly("info|Counter|n|1|0|s");
    }
  }

  @Test
  void messages_passEncrypted() throws Exception {
    KeyFolder keys = KeyFolder.make(dir.resolve("keys"));
    BrokerOptions options = BrokerOptions.onLoopback(0).withCurveKeys(keys.broker());
    try (Broker broker = Broker.start(options)) {
      String publisherPort = Integer.toString(broker.publisherPort());
      String workerPort = Integer.toString(broker.workerPort());
      String folder = keys.client("client").toString();
      Process exchange = python(EXCHANGE, publisherPort, workerPort, folder);

      assertThat(exchange.waitFor(EXIT_SECONDS, TimeUnit.SECONDS)).isTrue();
      assertThat(exchange.inputReader().lines()).containsExactly("info|Counter|n|1|0|s");

      Process without = python(EXCHANGE, publisherPort, workerPort);
      assertThat(without.waitFor(EXIT_SECONDS, TimeUnit.SECONDS)).isTrue();
      assertThat(without.inputReader().lines()).isEmpty();
    }
  }

  private boolean hasZmq() throws InterruptedException {
    try {
      return python("import zmq").waitFor() == 0;
    } catch (IOException e) {
      return false; // no python3 at all
    }
  }

  private Process python(String script, String... args) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(PYTHON, "-c", script);
    builder.command().addAll(List.of(args));
    return builder.redirectError(dir.resolve("errors").toFile()).start();
  }
}
