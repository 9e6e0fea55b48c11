package io.zibrato.backends.otlp;

import com.beust.jcommander.converters.IParameterSplitter;
import java.util.List;

/** For flags that may come several times, with values that may have commas. */
final class WholeText implements IParameterSplitter {
  @Override
  public List<String> split(String value) {
    return List.of(value);
  }
}
