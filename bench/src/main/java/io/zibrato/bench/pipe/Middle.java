package io.zibrato.bench.pipe;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;

/**
 * A process between publishers and workers.
 *
 * @param publishers the endpoint that generators connect to
 * @param workers the endpoint that sinks connect to
 */
record Middle(String name, Started process, String publishers, String workers)
    implements Closeable {
  private static final long READY_SECONDS = 30;

  /** Our broker, as a user starts it. */
  static Middle broker(Clone clone) throws IOException, InterruptedException {
    Started process =
        Started.start(
            "broker",
            clone.jar(
                "broker/target/zibrato-broker.jar",
                List.of(),
                "--port",
                "0",
                "--max-peer-mib",
                "4096"));
    Matcher ready = process.await("listening on \\S+:(\\d+) \\(publishers\\)", READY_SECONDS);
    int port = Integer.parseInt(ready.group(1));
    return new Middle("broker", process, endpoint(port), endpoint(port + 1));
  }

  /** libzmq's proxy. */
  static Middle proxy(Clone clone) throws IOException, InterruptedException {
    Started process = Started.start("proxy", List.of(clone.compiled("proxy").toString()));
    String publishers = process.await("publishers (\\S+)", READY_SECONDS).group(1);
    String workers = process.await("workers (\\S+)", READY_SECONDS).group(1);
    return new Middle("libzmq proxy", process, publishers, workers);
  }

  int workerPort() {
    return Integer.parseInt(workers.substring(workers.lastIndexOf(':') + 1));
  }

  private static String endpoint(int port) {
    return "tcp://127.0.0.1:" + port;
  }

  @Override
  public void close() {
    process.close();
  }
}
