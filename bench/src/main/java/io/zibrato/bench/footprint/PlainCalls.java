package io.zibrato.bench.footprint;

/** What {@link WovenCalls} has, without annotations. */
final class PlainCalls {
  private static volatile int sink;

  private final int state;

  private PlainCalls(int state) {
    this.state = state;
  }

  static void all() {
    sink = new PlainCalls(counted(sink)).state + timed(sink);
  }

  private static int counted(int x) {
    return x ^ 17;
  }

  private static int timed(int x) {
    return x ^ 19;
  }
}
