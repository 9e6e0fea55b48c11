package io.zibrato.bench.peers;

import io.micrometer.core.annotation.Counted;
import io.micrometer.core.annotation.Timed;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;

/** Micrometer's annotations, woven at compile time with its aspects, into a simple registry. */
public class MicrometerPeer extends Peer {
  private final Annotated annotated = new Annotated();

  @Setup
  public void register() {
    Metrics.addRegistry(new SimpleMeterRegistry());
    annotated.counted(n);
    if (Metrics.globalRegistry.find("peer.counted").counter() == null) {
      throw new IllegalStateException("the subject is not woven");
    }
  }

  @Benchmark
  public int count() {
    return annotated.counted(n);
  }

  @Benchmark
  public int time() {
    return annotated.timed(n);
  }

  static final class Annotated {
    private int field = 17;

    @Counted("peer.counted")
    int counted(int n) {
      return field ^ n;
    }

    @Timed("peer.timed")
    int timed(int n) {
      return field ^ n;
    }
  }
}
