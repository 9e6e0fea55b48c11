package io.zibrato.chaos.oracle;

import io.zibrato.chaos.load.Measured;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One service, and what its worker says of it at the end. */
final class Service {
  /** As {@code spool} shows a measurement of a counter that was refused. */
  private static final Pattern REFUSED =
      Pattern.compile("name=" + Measured.POISON.series + ", source=([^,]+), .*?sum=(\\d+)\\]");

  private static final Pattern NUMBER = Pattern.compile("^\\s*([a-z- ]+?)\\s{2,}([\\d,]+)\\b.*$");

  final String name;
  final Delivered delivered;
  private final Map<String, Long> refused = new HashMap<>();
  private final Map<String, Long> numbers = new HashMap<>();
  private boolean damaged;

  Service(String name, Path journal) {
    this.name = name;
    this.delivered = new Delivered(journal);
  }

  /** Its worker's state was damaged on purpose. */
  void damaged() {
    damaged = true;
  }

  boolean isDamaged() {
    return damaged;
  }

  /** Takes what the worker's {@code spool} command printed. */
  void read(Path spool) throws IOException {
    for (String line : Files.readAllLines(spool, StandardCharsets.UTF_8)) {
      Matcher measurement = REFUSED.matcher(line);
      Matcher number = NUMBER.matcher(line);
      if (measurement.find()) {
        refused.merge(measurement.group(1), Long.valueOf(measurement.group(2)), Long::sum);
      } else if (number.matches()) {
        numbers.put(number.group(1), Long.valueOf(number.group(2).replace(",", "")));
      }
    }
  }

  /** What the service refused of the poisoned metric, and the worker set aside. */
  long refused(String source) {
    return refused.getOrDefault(source, 0L);
  }

  /** A number that the worker's {@code spool} command shows by that name. */
  long number(String name) {
    return numbers.getOrDefault(name, 0L);
  }
}
