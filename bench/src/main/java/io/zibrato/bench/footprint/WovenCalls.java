package io.zibrato.bench.footprint;

import io.zibrato.annotations.CountMe;
import io.zibrato.annotations.TimeMe;

/** Woven at compile time, as an application's classes are. */
final class WovenCalls {
  static final String TIMED = "bench.timed";
  static final String CONSTRUCTED = "bench.constructed";

  private static volatile int sink;

  private final int state;

  @TimeMe(name = CONSTRUCTED)
  private WovenCalls(int state) {
    this.state = state;
  }

  static void methods() {
    sink = counted(sink) + timed(sink);
  }

  static void constructor() {
    sink = new WovenCalls(sink).state;
  }

  @CountMe(name = "bench.counted")
  private static int counted(int x) {
    return x ^ 17;
  }

  @TimeMe(name = TIMED)
  private static int timed(int x) {
    return x ^ 19;
  }
}
