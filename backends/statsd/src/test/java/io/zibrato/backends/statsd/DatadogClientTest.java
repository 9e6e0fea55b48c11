package io.zibrato.backends.statsd;

import static org.assertj.core.api.Assertions.assertThat;

import com.timgroup.statsd.NonBlockingStatsDClientBuilder;
import com.timgroup.statsd.StatsDClient;
import io.zibrato.backends.CounterTotal;
import io.zibrato.backends.GaugeValue;
import io.zibrato.backends.SeriesKey;
import io.zibrato.backends.Snapshot;
import io.zibrato.backends.TimerTotal;
import io.zibrato.meter.Histogram;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Our lines beside those of Datadog's own client, byte for byte; it sends tags last one first. */
class DatadogClientTest {
  @Test
  void lines_areThoseOfDatadogsClient() throws Exception {
    SeriesKey key = new SeriesKey("orders", "web1", Map.of("zone", "eu"));
    Histogram histogram = Histogram.ofOne(1_500_000).plus(Histogram.ofOne(3_000_000));
    Snapshot snapshot =
        new Snapshot(
            1,
            0,
            1,
            List.of(new CounterTotal(key, 12_345)),
            List.of(
                new TimerTotal(key, 2, 4_500_000, 1_500_000, 3_000_000, histogram),
                new TimerTotal(
                    new SeriesKey("sampled", "web1"),
                    64,
                    2_500_000,
                    2_500_000,
                    2_500_000,
                    Histogram.ofOne(2_500_000))),
            List.of(new GaugeValue(key, 1, 4.5)));

    assertThat(ours(snapshot))
        .hasSize(5)
        .isEqualTo(
            datadogs(
                client -> {
                  client.count("orders", 12_345, "zone:eu", "source:web1");
                  client.recordDistributionValue("orders.time", 1.5, "zone:eu", "source:web1");
                  client.recordDistributionValue("orders.time", 3.0, "zone:eu", "source:web1");
                  // With a rate it sends one in four, by chance.
                  for (int i = 0; i < 1000; i++) {
                    client.recordDistributionValue("sampled.time", 2.5, 0.25, "source:web1");
                  }
                  client.recordGaugeValue("orders.value", 4.5, "zone:eu", "source:web1");
                }));
  }

  private interface Calls {
    void make(StatsDClient client);
  }

  /** Distinct ones. */
  private static Set<String> ours(Snapshot snapshot) {
    Set<String> lines = new TreeSet<>();
    StatsdOptions options = StatsdBackendTest.options(Dialect.DOGSTATSD, 1, false);
    for (byte[] packet : new StatsdEncoder(options).encode(snapshot)) {
      lines.addAll(List.of(new String(packet, StandardCharsets.UTF_8).split("\n")));
    }
    return lines;
  }

  private static Set<String> datadogs(Calls calls) throws IOException {
    try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      socket.setSoTimeout(10_000);
      try (StatsDClient client =
          new NonBlockingStatsDClientBuilder()
              .hostname("127.0.0.1")
              .port(socket.getLocalPort())
              .enableAggregation(false)
              .enableTelemetry(false)
              .originDetectionEnabled(false)
              .build()) {
        calls.make(client);
        Set<String> lines = new TreeSet<>();
        // The gauge comes last.
        while (lines.stream().noneMatch(line -> line.contains("|g"))) {
          DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
          socket.receive(packet);
          String text = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
          // It fills its rates up with zeros.
          String bare = text.replaceAll("(@0\\.\\d*?)0+(?=\\|)", "$1");
          lines.addAll(List.of(bare.strip().split("\n")));
        }
        return lines;
      }
    }
  }
}
