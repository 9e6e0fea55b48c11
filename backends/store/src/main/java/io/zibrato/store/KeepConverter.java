package io.zibrato.store;

import com.beust.jcommander.ParameterException;
import com.beust.jcommander.converters.BaseConverter;
import io.zibrato.store.points.Retention;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long to keep something: {@code 36h}, {@code 7d}, {@code 4w}, {@code 1y}, forever; seconds.
 */
public final class KeepConverter extends BaseConverter<Long> {
  private static final String FOREVER = "forever";
  private static final Pattern LENGTH = Pattern.compile("([1-9][0-9]{0,5})([hdwy])");
  private static final Map<String, Long> UNIT_SECONDS =
      Map.of("h", 3600L, "d", 86_400L, "w", 7 * 86_400L, "y", 365 * 86_400L);

  public KeepConverter(String flag) {
    super(flag);
  }

  @Override
  public Long convert(String value) {
    if (value.equals(FOREVER)) {
      return Retention.FOREVER;
    }
    final Matcher length = LENGTH.matcher(value);
    if (!length.matches()) {
      throw new ParameterException(
          getOptionName() + ": not like 36h, 7d, 4w, 1y or forever: \"" + value + '"');
    }
    return Long.parseLong(length.group(1)) * UNIT_SECONDS.get(length.group(2));
  }
}
