package io.zibrato.store;

import com.beust.jcommander.ParameterException;
import com.beust.jcommander.converters.BaseConverter;
import io.zibrato.store.points.Retention;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long to keep something: {@code 36h}, {@code 7d}, {@code 4w}, {@code 1y}, {@code forever}.
 *
 * @param text as the user writes it
 */
record Keep(String text, long seconds) {
  private static final String FOREVER = "forever";
  private static final Pattern LENGTH = Pattern.compile("([1-9][0-9]{0,5})([hdwy])");
  private static final Map<String, Long> UNIT_SECONDS =
      Map.of("h", 3600L, "d", 86_400L, "w", 7 * 86_400L, "y", 365 * 86_400L);

  /**
   * @throws IllegalArgumentException it is none of these
   */
  static Keep of(String text) {
    if (text.equals(FOREVER)) {
      return new Keep(text, Retention.FOREVER);
    }
    final Matcher length = LENGTH.matcher(text);
    if (!length.matches()) {
      throw new IllegalArgumentException("not like 36h, 7d, 4w, 1y or forever: \"" + text + '"');
    }
    return new Keep(text, Long.parseLong(length.group(1)) * UNIT_SECONDS.get(length.group(2)));
  }

  /** As the help shows it. */
  @Override
  public String toString() {
    return text;
  }

  /** For flags. */
  public static final class Converter extends BaseConverter<Keep> {
    public Converter(String flag) {
      super(flag);
    }

    @Override
    public Keep convert(String value) {
      try {
        return of(value);
      } catch (IllegalArgumentException e) {
        throw new ParameterException(getOptionName() + ": " + e.getMessage());
      }
    }
  }
}
