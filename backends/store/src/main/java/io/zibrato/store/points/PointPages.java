package io.zibrato.store.points;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * Reads as many points of groups of series as one answer may have, time by time for all groups
 * alike: an answer ends with a whole span.
 */
public final class PointPages {
  private static final int WIDEN = 8;

  private final PointReader reader;
  private final List<List<Long>> groups;
  private final List<Long> series;
  private final Span span;
  private final long start;
  private final List<List<Point>> pages = new ArrayList<>();
  private long points;
  private long spans;
  private Long nextTime;

  /**
   * What is asked for.
   *
   * @param from whatever overlaps it is asked for, in the span in which it is kept
   * @param to exclusive; a multiple of the period
   * @param count how many times at most; {@link Long#MAX_VALUE} for all
   * @param last the last of them rather than the first
   * @param maxPoints no time more is begun once there are so many points
   */
  public record Span(long period, long from, long to, long count, boolean last, int maxPoints) {}

  /**
   * What was found.
   *
   * @param groups the points of each group, ascending
   * @param nextTime where the next page begins; null if this is all
   */
  public record Page(List<List<Point>> groups, Long nextTime) {}

  private PointPages(PointReader reader, List<List<Long>> groups, Span span) {
    this.reader = reader;
    this.groups = groups;
    this.series = groups.stream().flatMap(Collection::stream).toList();
    this.span = span;
    this.start = reader.start(span.from(), span.period());
    groups.forEach(group -> pages.add(new ArrayList<>()));
  }

  /** The series of a group are added up. */
  public static Page read(PointReader reader, List<List<Long>> groups, Span span)
      throws SQLException {
    final PointPages read = new PointPages(reader, groups, span);
    if (!read.series.isEmpty() && span.from() < span.to()) {
      read.forwards(span.last() ? read.startOfLast() : read.start);
    }
    return new Page(read.pages, read.nextTime);
  }

  /** So that one window holds no more points than an answer, however densely they are. */
  private long leastSeconds() {
    final long most = Math.max(1, span.maxPoints() / series.size()) * span.period();
    final long wanted =
        span.count() < span.maxPoints()
            ? Math.max(HourKey.SECONDS, span.count() * span.period())
            : most;
    return Math.max(span.period(), floor(Math.min(most, wanted)));
  }

  private long floor(long time) {
    return time - Math.floorMod(time, span.period());
  }

  /** The next window's, after one of {@code seconds} in which so many points were found. */
  private long nextSeconds(long seconds, long found) {
    return found * WIDEN < span.maxPoints() ? seconds * WIDEN : seconds;
  }

  private static long size(List<List<Point>> window) {
    return window.stream().mapToLong(List::size).sum();
  }

  private void forwards(long begin) throws SQLException {
    long from = begin;
    long seconds = leastSeconds();
    boolean more = true;
    while (more && from < span.to()) {
      final long to = Math.min(span.to(), from + seconds);
      final List<List<Point>> window = window(from, to);
      if (window == null) {
        seconds = leastSeconds();
        continue;
      }
      seconds = nextSeconds(seconds, size(window));
      if (size(window) == 0) {
        final Long next = reader.nextTime(series, to);
        from = next == null ? span.to() : floor(next);
      } else {
        more = take(window);
        from = to;
      }
    }
  }

  /** Null if it is wider than the least and holds more points than an answer. */
  private List<List<Point>> window(long from, long to) throws SQLException {
    final long most = to - from > leastSeconds() ? span.maxPoints() : Long.MAX_VALUE;
    final List<List<Point>> window = new ArrayList<>(groups.size());
    long found = 0;
    for (final List<Long> group : groups) {
      List<Point> merged = List.of();
      for (final long each : group) {
        merged = Packed.merge(merged, reader.read(each, span.period(), from, to));
      }
      window.add(merged);
      found += merged.size();
      if (found > most) {
        return null;
      }
    }
    return window;
  }

  /** Takes what may still be taken; returns whether that is all of the window. */
  private boolean take(List<List<Point>> window) {
    final long cut = cut(window);
    for (int group = 0; group < window.size(); group++) {
      for (final Point point : window.get(group)) {
        if (point.time() < cut) {
          pages.get(group).add(point);
        }
      }
    }
    return cut == Long.MAX_VALUE;
  }

  /** The first time that is not to be taken. */
  private long cut(List<List<Point>> window) {
    final long[] times =
        window.stream().flatMapToLong(list -> list.stream().mapToLong(Point::time)).toArray();
    if (span.count() == Long.MAX_VALUE && points + times.length < span.maxPoints()) {
      points += times.length;
      return Long.MAX_VALUE;
    }
    Arrays.sort(times);
    for (int i = 0; i < times.length; i++) {
      if (i == 0 || times[i] != times[i - 1]) {
        if (spans == span.count()) {
          return times[i];
        }
        if (points >= span.maxPoints()) {
          nextTime = times[i];
          return times[i];
        }
        spans++;
      }
      points++;
    }
    return Long.MAX_VALUE;
  }

  /** Where the last times begin, looking back from the end. */
  private long startOfLast() throws SQLException {
    long to = span.to();
    long found = 0;
    long last = span.to();
    long seconds = leastSeconds();
    while (to > start && found < span.count()) {
      final Long before = reader.timeBefore(series, to);
      if (before == null || before < start) {
        return last;
      }
      to = Math.min(to, floor(before) + span.period());
      final long from = Math.max(start, to - seconds);
      final List<List<Point>> window = window(from, to);
      if (window == null) {
        seconds = leastSeconds();
        continue;
      }
      seconds = nextSeconds(seconds, size(window));
      final long[] times =
          window.stream()
              .flatMapToLong(list -> list.stream().mapToLong(Point::time))
              .sorted()
              .distinct()
              .toArray();
      final long left = span.count() - found;
      if (times.length > 0) {
        last = times[(int) Math.max(0, times.length - left)];
        found += Math.min(left, times.length);
      }
      to = from;
    }
    return last;
  }
}
