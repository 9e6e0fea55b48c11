package io.zibrato.bench.peers;

import io.opentelemetry.instrumentation.annotations.WithSpan;
import org.openjdk.jmh.annotations.Benchmark;

/**
 * A span for each call, by OpenTelemetry's Java agent, without an exporter; only with that agent.
 */
public class OpenTelemetryPeer extends Peer {
  private final Annotated annotated = new Annotated();

  @Benchmark
  public int time() {
    return annotated.spanned(n);
  }

  static final class Annotated {
    private int field = 17;

    @WithSpan
    int spanned(int n) {
      return field ^ n;
    }
  }
}
