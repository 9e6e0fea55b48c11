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
  private final PointReader reader;
  private final List<List<Long>> groups;
  private final List<Long> series;
  private final Span span;
  private final List<List<Point>> pages = new ArrayList<>();
  private long points;
  private long spans;
  private Long nextTime;

  /**
   * What is asked for.
   *
   * @param from a multiple of the period
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
    groups.forEach(group -> pages.add(new ArrayList<>()));
  }

  /** The series of a group are added up. */
  public static Page read(PointReader reader, List<List<Long>> groups, Span span)
      throws SQLException {
    final PointPages read = new PointPages(reader, groups, span);
    if (!read.series.isEmpty()) {
      read.forwards(span.last() ? read.startOfLast() : span.from());
    }
    return new Page(read.pages, read.nextTime);
  }

  /** So that one window holds about as many points as an answer. */
  private long windowSeconds() {
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

  private void forwards(long start) throws SQLException {
    long from = start;
    boolean more = true;
    while (more && from < span.to()) {
      final long to = Math.min(span.to(), from + windowSeconds());
      final List<List<Point>> window = window(from, to);
      if (window.stream().allMatch(List::isEmpty)) {
        final Long next = reader.nextTime(series, to);
        from = next == null ? span.to() : floor(next);
      } else {
        more = take(window);
        from = to;
      }
    }
  }

  private List<List<Point>> window(long from, long to) throws SQLException {
    final List<List<Point>> window = new ArrayList<>(groups.size());
    for (final List<Long> group : groups) {
      List<Point> merged = List.of();
      for (final long each : group) {
        merged = Packed.merge(merged, reader.read(each, span.period(), from, to));
      }
      window.add(merged);
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
    long start = span.to();
    while (to > span.from() && found < span.count()) {
      final Long last = reader.timeBefore(series, to);
      if (last == null || last < span.from()) {
        return start;
      }
      to = Math.min(to, floor(last) + span.period());
      final long from = Math.max(span.from(), to - windowSeconds());
      final long[] times =
          window(from, to).stream()
              .flatMapToLong(list -> list.stream().mapToLong(Point::time))
              .sorted()
              .distinct()
              .toArray();
      final long left = span.count() - found;
      if (times.length > 0) {
        start = times[(int) Math.max(0, times.length - left)];
        found += Math.min(left, times.length);
      }
      to = from;
    }
    return start;
  }
}
