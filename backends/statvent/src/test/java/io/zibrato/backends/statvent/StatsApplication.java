package io.zibrato.backends.statvent;

import io.zibrato.Zibrato;
import io.zibrato.meter.Timer;
import io.zibrato.statvent.Stats;

/**
 * A process that records by name and measures, and tells both. Its arguments are what it records.
 */
final class StatsApplication {
  private StatsApplication() {}

  public static void main(String[] args) throws Exception {
    Timer timer = Zibrato.shared().timer("info", "work");
    for (String arg : args) {
      long value = Long.parseLong(arg);
      Stats.incr("orders", value);
      Stats.record("query {0}", value);
      timer.record(value * 1_000_000);
    }
    Stats.set("users", args.length);
    Zibrato.shared().counter("info", "calls").increment(args.length);
    System.out.println("ready");
    while (System.in.read() >= 0) Stats.incr("orders", 1);
  }
}
