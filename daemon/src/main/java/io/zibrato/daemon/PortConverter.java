package io.zibrato.daemon;

import com.beust.jcommander.ParameterException;
import com.beust.jcommander.converters.BaseConverter;

/** A TCP port from 0 to 65535, where 0 lets the system choose. */
public final class PortConverter extends BaseConverter<Integer> {
  public PortConverter(String flag) {
    super(flag);
  }

  @Override
  public Integer convert(String value) {
    try {
      int port = Integer.parseInt(value);
      if (port >= 0 && port <= 65535) return port;
    } catch (NumberFormatException e) {
      // Said below, as for a number out of range.
    }
    throw new ParameterException(
        getOptionName() + ": not a port from 0 to 65535: \"" + value + '"');
  }
}
