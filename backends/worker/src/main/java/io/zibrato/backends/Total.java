package io.zibrato.backends;

/**
 * What a series has come to, over all intervals since it was new here.
 *
 * @param value the sum of all; of a gauge the last value
 * @param createdMillis when it was nothing yet, in epoch milliseconds
 * @param timeMillis when it came to this: the end of the interval that brought it, and after any
 *     time before, unless that is more than five minutes ahead; of a gauge, when it was measured
 */
public record Total(Measurement value, long createdMillis, long timeMillis) {
  public SeriesKey key() {
    return value.key();
  }
}
