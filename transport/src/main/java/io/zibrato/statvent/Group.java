package io.zibrato.statvent;

import java.util.Locale;

/**
 * The groups of a listing of ours.
 *
 * <p>To whoever knows statvent's form only, all of a listing is lines of {@code name: value}. Some
 * of them are ours to say what the lines that follow are:
 *
 * <pre>{@code
 * #zibrato listing: 1                    the first line; 1 is the version of this form
 * #zibrato incr: 2                       the next two lines are of the group incr
 * orders: 42
 * bytes sent: 123.450000
 * #zibrato window 12,15,31: 5            the next five come from these values, by Percentiles
 * query median ms: 12
 * ...
 * #zibrato timer 4711 136:3,152:1: 7     the next seven come from this sum and these buckets
 * shop.order.count: 4
 * ...
 * #zibrato end: 14                       the last line; so many lines were in groups
 * }</pre>
 *
 * <p>What is in a group is counted, not recognised, so a recorded name may look like one of ours.
 */
public enum Group {
  /** Recorded by {@code incr}, perhaps set before. */
  INCR,
  /** Recorded by {@code set}, and never by {@code incr}. */
  SET,
  /** Percentiles of one name's values, which are told: whole, or all with a point. */
  WINDOW,
  /** What a calculator of the user's own made of one name's values, in the order of its labels. */
  CALCULATED,
  /** Measurements that this process lost, by cause. */
  LOST,
  /** Counters among the meters. */
  COUNTER,
  /** Last values of gauges among the meters. */
  GAUGE,
  /** {@link TimerLines} of one timer, whose sum in nanoseconds and whose buckets are told. */
  TIMER;

  public static final String PREFIX = "#zibrato ";
  public static final String LISTING = PREFIX + "listing";
  public static final String END = PREFIX + "end";
  public static final int VERSION = 1;

  /** The word of the listing. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
