package io.zibrato.bench.peers;

import com.timgroup.statsd.NonBlockingStatsDClientBuilder;
import com.timgroup.statsd.StatsDClient;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The java-dogstatsd-client, aggregating, called by hand. It sends to a socket that nobody reads,
 * so that the system discards what it sends.
 */
public class DogStatsdPeer extends Peer {
  private DatagramSocket discards;
  private StatsDClient client;

  @Setup
  public void open() throws SocketException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    discards = new DatagramSocket(0, loopback);
    client =
        new NonBlockingStatsDClientBuilder()
            .hostname(loopback.getHostAddress())
            .port(discards.getLocalPort())
            .enableAggregation(true)
            .build();
  }

  @TearDown
  public void close() {
    client.close();
    discards.close();
  }

  @Benchmark
  public int count() {
    client.incrementCounter("counted");
    return work(n);
  }

  @Benchmark
  public int time() {
    long start = System.nanoTime();
    try {
      return work(n);
    } finally {
      client.recordExecutionTime("timed", (System.nanoTime() - start) / 1_000_000);
    }
  }
}
