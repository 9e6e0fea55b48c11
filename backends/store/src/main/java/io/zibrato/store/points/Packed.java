package io.zibrato.store.points;

import java.util.ArrayList;
import java.util.List;

/**
 * The points of one series, hour and resolution as bytes: one after the other, ascending, each with
 * how many spans it comes after the one before (the first: after the hour's start).
 */
final class Packed {
  private Packed() {}

  static byte[] pack(List<Point> points, long hour, Resolution resolution, Bytes out) {
    out.clear();
    long before = hour * HourKey.SECONDS;
    for (final Point point : points) {
      point.write(out, (point.time() - before) / resolution.seconds());
      before = point.time();
    }
    return out.copy();
  }

  static List<Point> unpack(byte[] data, long hour, Resolution resolution) {
    final List<Point> points = new ArrayList<>();
    final ByteCursor in = new ByteCursor(data);
    long time = hour * HourKey.SECONDS;
    while (in.more()) {
      final long flags = in.varint();
      time += Point.beside(flags) * resolution.seconds();
      points.add(Point.read(in, flags, time));
    }
    return points;
  }

  /** Puts points, ascending, into spans that begin at multiples of {@code seconds}. */
  static void addInto(List<Point> spans, List<Point> points, long seconds) {
    for (final Point point : points) {
      add(spans, point, point.time() - Math.floorMod(point.time(), seconds));
    }
  }

  /** Adds to the span that begins at {@code start}: the last one or a new one. */
  static void add(List<Point> spans, Point point, long start) {
    final Point open = spans.isEmpty() ? null : spans.get(spans.size() - 1);
    if (open != null && open.time() == start) {
      open.add(point);
    } else {
      point.time(start);
      spans.add(point);
    }
  }

  /** Both ascending; points of one time are added up, those of {@code later} to the others. */
  static List<Point> merge(List<Point> earlier, List<Point> later) {
    if (earlier.isEmpty() || later.isEmpty()) {
      return earlier.isEmpty() ? later : earlier;
    }
    final List<Point> merged = new ArrayList<>(earlier.size() + later.size());
    int e = 0;
    int l = 0;
    while (e < earlier.size() || l < later.size()) {
      final long earlierTime = e < earlier.size() ? earlier.get(e).time() : Long.MAX_VALUE;
      final long laterTime = l < later.size() ? later.get(l).time() : Long.MAX_VALUE;
      if (earlierTime == laterTime) {
        earlier.get(e).add(later.get(l++));
        merged.add(earlier.get(e++));
      } else {
        merged.add(earlierTime < laterTime ? earlier.get(e++) : later.get(l++));
      }
    }
    return merged;
  }
}
