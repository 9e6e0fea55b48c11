package io.zibrato.bench.calls;

import io.zibrato.bench.loaded.Subject;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;

/** Annotated methods, woven at load time; only with the agent. */
public class LoadTime extends Timings {
  private final Subject subject = new Subject();

  @Setup
  public void expectWoven() {
    Woven.expect(() -> subject.probe(n));
  }

  @Benchmark
  public int count() {
    return subject.count(n);
  }

  @Benchmark
  public int countUnwanted() {
    return subject.countUnwanted(n);
  }

  @Benchmark
  public int time() {
    return subject.time(n);
  }

  @Benchmark
  public int timeUnwanted() {
    return subject.timeUnwanted(n);
  }

  @Benchmark
  public int timeSampled() {
    return subject.timeSampled(n);
  }

  @Benchmark
  public int gauge() {
    return subject.gauge(n);
  }
}
