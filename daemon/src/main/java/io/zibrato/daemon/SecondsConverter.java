package io.zibrato.daemon;

import com.beust.jcommander.ParameterException;
import com.beust.jcommander.converters.BaseConverter;
import java.time.Duration;

/** Seconds, fractions allowed, from a hundredth of one to a year. */
public final class SecondsConverter extends BaseConverter<Duration> {
  private static final int A_YEAR = 366 * 86_400;

  public SecondsConverter(String flag) {
    super(flag);
  }

  @Override
  public Duration convert(String value) {
    try {
      double seconds = Double.parseDouble(value);
      if (seconds >= 0.01 && seconds <= A_YEAR) return Duration.ofNanos((long) (seconds * 1e9));
    } catch (NumberFormatException e) {
      // Said below, as for a number out of range.
    }
    throw new ParameterException(
        getOptionName() + ": not seconds from 0.01 to " + A_YEAR + ": \"" + value + '"');
  }
}
