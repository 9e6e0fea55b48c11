package io.zibrato.bench.footprint;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The {@link PeerMain} of a subject: what it publishes to. For one thread. */
final class Peer implements AutoCloseable {
  private static final long ARRIVAL_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final long LOOK_MILLIS = 50;
  private static final long END_SECONDS = 10;

  private final Process process;
  private final BufferedReader from;
  private final PrintStream to;
  private final int port;

  private Peer(Process process) throws IOException {
    this.process = process;
    this.from = process.inputReader(StandardCharsets.UTF_8);
    this.to = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    this.port = (int) figures(1).of("port");
  }

  static Peer start() throws IOException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    return new Peer(
        Fork.builder(java, List.of("-Xmx256m", "-XX:+UseSerialGC"), PeerMain.class)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  /** The broker's publisher side. */
  int port() {
    return port;
  }

  /** What has arrived. */
  Arrived arrived() throws IOException {
    to.println();
    return Arrived.of(figures(Arrived.FIGURES));
  }

  private Figures figures(int count) throws IOException {
    Figures figures = new Figures();
    while (figures.byName().size() < count) {
      String line = from.readLine();
      if (line == null) throw new IOException("the peer ended");
      figures.take(line);
    }
    return figures;
  }

  /** Waits until a full round of at least so many series has arrived. */
  void awaitFullRoundOf(int series) throws IOException, InterruptedException, TimeoutException {
    long byNanos = System.nanoTime() + ARRIVAL_NANOS;
    while (arrived().widestFullRound() < series) {
      if (System.nanoTime() > byNanos) {
        throw new TimeoutException("no full round of " + series + " series: " + arrived());
      }
      Thread.sleep(LOOK_MILLIS);
    }
  }

  /** Waits until nothing arrives any more. */
  void awaitCalm(long calmMillis) throws IOException, InterruptedException {
    long before;
    long now = arrived().frames();
    do {
      before = now;
      Thread.sleep(calmMillis);
      now = arrived().frames();
    } while (now != before);
  }

  @Override
  public void close() throws IOException {
    to.close();
    try {
      if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    from.close();
  }
}
