package io.zibrato.backends.testing;

import com.beust.jcommander.JCommander;
import com.beust.jcommander.Parameter;
import com.beust.jcommander.ParameterDescription;
import io.zibrato.backends.WorkerFlags;
import java.io.IOException;
import java.lang.reflect.Field;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Whether a page's table of flags has all that a worker adds to the common ones, with defaults. */
public final class FlagsTable {
  private FlagsTable() {}

  /** What is missing: flags without a row, and rows that do not show the default. */
  public static List<String> missing(WorkerFlags flags, Path page) throws IOException {
    List<String> rows = Files.readAllLines(page);
    JCommander commander = JCommander.newBuilder().addObject(flags).build();
    List<String> missing = new ArrayList<>();
    for (ParameterDescription each : commander.getParameters()) {
      String name = each.getParameter().names()[0];
      if (!isOwn(flags, name)) continue;
      String begin = "| `" + name + "`";
      String shown = shown(each.getDefault());
      if (rows.stream().noneMatch(row -> row.startsWith(begin) && row.contains(shown))) {
        missing.add(name + " with default " + shown);
      }
    }
    return missing;
  }

  private static boolean isOwn(WorkerFlags flags, String name) {
    for (Field field : flags.getClass().getDeclaredFields()) {
      Parameter parameter = field.getAnnotation(Parameter.class);
      if (parameter != null && parameter.names()[0].equals(name)) return true;
    }
    return false;
  }

  /** As it stands in a table; empty for flags that have none, or are switches. */
  private static String shown(Object value) {
    if (value == null || value.equals("") || value instanceof Boolean) return "";
    if (!(value instanceof Duration duration)) return "| `" + value + "`";
    BigDecimal seconds = BigDecimal.valueOf(duration.toMillis(), 3);
    return "| `" + seconds.stripTrailingZeros().toPlainString() + "`";
  }
}
