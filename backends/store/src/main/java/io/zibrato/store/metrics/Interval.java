package io.zibrato.store.metrics;

import io.zibrato.store.points.PointPages.Span;

/**
 * Which spans of time are asked for.
 *
 * @param resolutionSeconds how long each is
 * @param startTime epoch seconds; the whole of its span is asked for
 * @param endTime epoch seconds; the whole of its span is asked for
 * @param count how many at most; {@link Long#MAX_VALUE} for all
 * @param last the last of them, not the first
 */
record Interval(long resolutionSeconds, long startTime, long endTime, long count, boolean last) {
  /** An answer ends with the span in which it reaches so many points, over all its series. */
  static final int MAX_POINTS = 100_000;

  static final long MAX_TIME = 9_999_999_999L;

  Span span() {
    final long to = floor(endTime) + resolutionSeconds;
    return new Span(resolutionSeconds, startTime, to, count, last, MAX_POINTS);
  }

  private long floor(long time) {
    return time - Math.floorMod(time, resolutionSeconds);
  }
}
