package io.zibrato.bench.calls;

import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What a call allocates, by the method's shape. The time is also that of the call through {@link
 * Shape}.
 */
public abstract class ShapesBenchmark extends Timings {
  @Param({
    "plain constructor",
    "count boolean",
    "count byte",
    "count char",
    "count short",
    "count int",
    "count long",
    "count float",
    "count double",
    "count reference",
    "count void",
    "count throwing",
    "count static",
    "count private",
    "count synchronized",
    "count arguments",
    "count interface default",
    "count constructor",
    "time boolean",
    "time byte",
    "time char",
    "time short",
    "time int",
    "time long",
    "time float",
    "time double",
    "time reference",
    "time void",
    "time throwing",
    "time static",
    "time private",
    "time synchronized",
    "time arguments",
    "time interface default",
    "time constructor"
  })
  String shape;

  private Shape call;

  /** By name. */
  abstract Map<String, Shape> shapes();

  @Setup
  public void choose() {
    call = shapes().get(shape);
  }

  @Benchmark
  public void call(Blackhole to) {
    call.call(n, to);
  }
}
