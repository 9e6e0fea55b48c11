package io.zibrato.chaos.oracle;

import io.zibrato.chaos.load.Measured;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One service, and what its worker says of it at the end. */
final class Service {
  /** As {@code spool} shows a measurement of a counter that was refused. */
  private static final Pattern REFUSED =
      Pattern.compile("name=" + Measured.POISON.series + ", source=([^,]+), .*?sum=(\\d+)\\]");

  private static final Pattern NUMBER =
      Pattern.compile("^\\s*([a-z]+(?:[ -][a-z]+)*)\\s+([\\d,]+)\\b.*$");

  /** Causes of loss of measurements that were in the spool. */
  private static final List<String> OF_THE_SPOOL =
      List.of(
          "refused",
          "spool-full",
          "spool-age",
          "spool-damaged",
          "undelivered-at-exit",
          "worker-totals-cap");

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

  /** How often the worker repeated a request that may have been taken the first time. */
  long ambiguous() {
    return number("ambiguous");
  }

  /** Measurements that were in the spool and were never delivered, by the worker's own count. */
  long lost() {
    return OF_THE_SPOOL.stream().mapToLong(this::number).sum();
  }

  /** Whether the worker says that its state was damaged. */
  boolean saysDamaged() {
    return number("state-damaged") + number("spool-damaged") > 0;
  }

  /** Whether all that the worker closed is delivered, held, or lost with a cause. */
  boolean addsUp() {
    return number("closed") == number("delivered") + number("held") + lost();
  }

  private long number(String name) {
    return numbers.getOrDefault(name, 0L);
  }
}
