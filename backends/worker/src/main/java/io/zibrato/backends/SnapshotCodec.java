package io.zibrato.backends;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Snapshots as the spool keeps them. */
final class SnapshotCodec {
  private SnapshotCodec() {}

  static byte[] encode(Snapshot snapshot) {
    return Encoded.of(
        out -> {
          out.writeLong(snapshot.id());
          out.writeLong(snapshot.startMillis());
          out.writeLong(snapshot.endMillis());
          out.writeInt(snapshot.counters().size());
          for (CounterTotal counter : snapshot.counters()) write(counter, out);
          out.writeInt(snapshot.timers().size());
          for (TimerTotal timer : snapshot.timers()) write(timer, out);
          out.writeInt(snapshot.gauges().size());
          for (GaugeValue gauge : snapshot.gauges()) write(gauge, out);
        });
  }

  static Snapshot decode(byte[] bytes) throws IOException {
    try (DataInputStream in = Encoded.open(bytes)) {
      long id = in.readLong();
      long startMillis = in.readLong();
      long endMillis = in.readLong();
      List<CounterTotal> counters = new ArrayList<>();
      for (int left = in.readInt(); left > 0; left--) counters.add(counter(in));
      List<TimerTotal> timers = new ArrayList<>();
      for (int left = in.readInt(); left > 0; left--) timers.add(timer(in));
      List<GaugeValue> gauges = new ArrayList<>();
      for (int left = in.readInt(); left > 0; left--) gauges.add(gauge(in));
      return new Snapshot(id, startMillis, endMillis, counters, timers, gauges);
    }
  }

  static void write(CounterTotal counter, DataOutputStream out) throws IOException {
    Encoded.write(counter.key(), out);
    out.writeLong(counter.sum());
  }

  static CounterTotal counter(DataInputStream in) throws IOException {
    return new CounterTotal(Encoded.key(in), in.readLong());
  }

  static void write(TimerTotal timer, DataOutputStream out) throws IOException {
    Encoded.write(timer.key(), out);
    out.writeLong(timer.count());
    out.writeLong(timer.sumNanos());
    out.writeLong(timer.leastNanos());
    out.writeLong(timer.mostNanos());
    Encoded.write(timer.histogram(), out);
  }

  static TimerTotal timer(DataInputStream in) throws IOException {
    return new TimerTotal(
        Encoded.key(in),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        Encoded.histogram(in));
  }

  static void write(GaugeValue gauge, DataOutputStream out) throws IOException {
    Encoded.write(gauge.key(), out);
    out.writeLong(gauge.epochMillis());
    out.writeDouble(gauge.value());
  }

  static GaugeValue gauge(DataInputStream in) throws IOException {
    return new GaugeValue(Encoded.key(in), in.readLong(), in.readDouble());
  }
}
