package io.zibrato.backends;

import java.io.DataInputStream;
import java.io.IOException;

/**
 * A total as {@link Totals} keeps it.
 *
 * @param number of its row in the table
 * @param interval that was added to it last, by its {@link Snapshot#id}
 * @param endMillis of that interval
 */
record TotalsRow(long number, Total total, long interval, long endMillis) {
  private static final long MOST_AHEAD_MILLIS = 5 * 60_000;
  private static final int COUNTER = 0;
  private static final int TIMER = 1;
  private static final int GAUGE = 2;

  /** Which total a measurement belongs to: those of one series and several kinds are several. */
  record Place(Class<? extends Measurement> kind, SeriesKey key) {
    static Place of(Measurement measurement) {
      return new Place(measurement.getClass(), measurement.key());
    }
  }

  Place place() {
    return Place.of(total.value());
  }

  /** Whether the interval, of which {@code part} is a part, was added already. */
  boolean has(Snapshot part) {
    return interval == part.id() && endMillis == part.endMillis();
  }

  /** What the measurement is the first of. */
  static TotalsRow first(long number, Measurement measurement, Snapshot part) {
    Measurement value = measurement instanceof GaugeValue gauge ? within(gauge, part) : measurement;
    return new TotalsRow(number, null, 0, 0).with(value, part.startMillis(), part);
  }

  /** With the measurement added; the same if that changes nothing. */
  TotalsRow plus(Measurement measurement, Snapshot part) {
    if (measurement instanceof GaugeValue gauge) return later(within(gauge, part), part);
    if (has(part)) return this;
    Measurement sum =
        measurement instanceof CounterTotal counter
            ? ((CounterTotal) total.value()).plus(counter)
            : ((TimerTotal) total.value()).plus((TimerTotal) measurement);
    return with(sum, total.createdMillis(), part);
  }

  /** A value that is ahead of our clock would be the last one for as long as it is ahead. */
  private static GaugeValue within(GaugeValue gauge, Snapshot part) {
    return gauge.epochMillis() <= part.endMillis()
        ? gauge
        : new GaugeValue(gauge.key(), part.endMillis(), gauge.value());
  }

  private TotalsRow later(GaugeValue gauge, Snapshot part) {
    long heldMillis = ((GaugeValue) total.value()).epochMillis();
    boolean older = gauge.epochMillis() < heldMillis && heldMillis <= part.endMillis();
    if (older || gauge.equals(total.value())) return this;
    return with(gauge, total.createdMillis(), part);
  }

  private TotalsRow with(Measurement value, long createdMillis, Snapshot part) {
    long timeMillis = value instanceof GaugeValue gauge ? gauge.epochMillis() : timeOf(part);
    long since = createdMillis <= timeMillis ? createdMillis : part.startMillis();
    Total next = new Total(value, since, timeMillis);
    return new TotalsRow(number, next, part.id(), part.endMillis());
  }

  /** Services take nothing that is far ahead: the time does not rise where the clock was fast. */
  private long timeOf(Snapshot part) {
    long end = part.endMillis();
    long rising = total == null ? end : Math.max(end, total.timeMillis() + 1);
    return rising - end <= MOST_AHEAD_MILLIS ? rising : end;
  }

  byte[] encode() {
    return Encoded.of(
        out -> {
          out.writeLong(interval);
          out.writeLong(endMillis);
          out.writeLong(total.createdMillis());
          out.writeLong(total.timeMillis());
          Measurement value = total.value();
          if (value instanceof CounterTotal counter) {
            out.writeByte(COUNTER);
            SnapshotCodec.write(counter, out);
          } else if (value instanceof TimerTotal timer) {
            out.writeByte(TIMER);
            SnapshotCodec.write(timer, out);
          } else {
            out.writeByte(GAUGE);
            SnapshotCodec.write((GaugeValue) value, out);
          }
        });
  }

  static TotalsRow decode(long number, byte[] facts) throws IOException {
    try (DataInputStream in = Encoded.open(facts)) {
      long interval = in.readLong();
      long endMillis = in.readLong();
      long createdMillis = in.readLong();
      long timeMillis = in.readLong();
      Measurement value = value(in);
      return new TotalsRow(
          number, new Total(value, createdMillis, timeMillis), interval, endMillis);
    }
  }

  private static Measurement value(DataInputStream in) throws IOException {
    int kind = in.readByte();
    return switch (kind) {
      case COUNTER -> SnapshotCodec.counter(in);
      case TIMER -> SnapshotCodec.timer(in);
      case GAUGE -> SnapshotCodec.gauge(in);
      default -> throw new IOException("no such kind: " + kind);
    };
  }
}
