package io.zibrato.transport;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How a process publishes. Every value is usable: one that was not has been named in the log, once,
 * and replaced by its default.
 *
 * @param enabled false measures nothing, starts nothing. Default true
 * @param host the broker's. Default 127.0.0.1
 * @param port the broker's publisher side. Default 5550
 * @param source of series that name none. Default {@code not_specified}
 * @param publishInterval between two rounds, 10 ms to 1 h. Default 1 s
 * @param closeTimeout the longest that leaving may take, 0 to 1 min. Default 2 s
 * @param onDemand levels that are measured only while a worker subscribes to them, {@code *} for
 *     all. Default debug, trace
 * @param maxSeries series before all further ones share one, 1 to 1 000 000. Default 10 000
 * @param gaugeQueue gauge values that wait for the publisher, 16 to 1 048 576. Default 8192
 * @param wire 1 or 2: the version that is sent. Default 2
 * @param curveKeys the folder of the keys to encrypt with, which may turn out unusable: then
 *     nothing is sent. Default none, and nothing is encrypted
 * @param statvent whether all meters are told in a named pipe too. Default false
 * @param pipeDir the folder of that pipe. Default {@code /tmp/stats-pipe}
 */
public record Settings(
    boolean enabled,
    String host,
    int port,
    String source,
    Duration publishInterval,
    Duration closeTimeout,
    Set<String> onDemand,
    int maxSeries,
    int gaugeQueue,
    int wire,
    Optional<String> curveKeys,
    boolean statvent,
    Path pipeDir) {
  /** Where statvent's pipes are, unless it is set otherwise. */
  public static final Path PIPE_DIR = Path.of("/tmp/stats-pipe");

  /** Reads what is set in {@code sources}, and the defaults. */
  static Settings from(SettingSources sources) {
    return new Settings(
        sources.value("enabled", true, Settings::truth),
        sources.value("host", Endpoints.DEFAULT_HOST, Settings::host),
        sources.value("port", Endpoints.PUBLISHER_PORT, whole(1, 65535)),
        sources.value("source", "not_specified", Settings::source),
        sources.value("publish-interval", Duration.ofSeconds(1), span(10, 3_600_000)),
        sources.value("close-timeout", Duration.ofSeconds(2), span(0, 60_000)),
        sources.value("on-demand", Set.of("debug", "trace"), Settings::names),
        sources.value("max-series", 10_000, whole(1, 1_000_000)),
        sources.value("gauge-queue", 8192, whole(16, 1 << 20)),
        sources.value("wire", 2, whole(1, 2)),
        sources.value("curve.keys", Optional.empty(), Optional::of),
        sources.value("statvent", false, Settings::truth),
        sources.value("statvent.pipe-dir", PIPE_DIR, Settings::folder));
  }

  /** Whether the level is measured only while a worker subscribes to it. */
  public boolean isOnDemand(String level) {
    return onDemand.contains("*") || onDemand.contains(level);
  }

  /**
   * A folder from its text.
   *
   * @throws IllegalArgumentException if it is none's
   */
  public static Path folder(String text) {
    try {
      if (!text.isEmpty()) return Path.of(text);
    } catch (InvalidPathException e) {
      // Said below, as for an empty one.
    }
    throw new IllegalArgumentException("a folder");
  }

  private static boolean truth(String text) {
    if (text.equalsIgnoreCase("true")) return true;
    if (text.equalsIgnoreCase("false")) return false;
    throw new IllegalArgumentException("true or false");
  }

  private static String host(String text) {
    if (text.isBlank() || text.contains("/") || text.contains(" ")) {
      throw new IllegalArgumentException("a host's name or address");
    }
    return text;
  }

  private static String source(String text) {
    if (text.length() > 255) throw new IllegalArgumentException("at most 255 characters");
    return text;
  }

  private static Set<String> names(String text) {
    return Arrays.stream(text.split(","))
        .map(String::trim)
        .filter(name -> !name.isEmpty() && !name.equals("none"))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Function<String, Integer> whole(int least, int most) {
    return text -> {
      try {
        int n = Integer.parseInt(text);
        if (n >= least && n <= most) return n;
      } catch (NumberFormatException e) {
        // Said below, as for a number out of range.
      }
      throw new IllegalArgumentException("a whole number from " + least + " to " + most);
    };
  }

  /** {@code 250ms}, {@code 1s}, {@code 2m} or {@code 1h}; a bare number is seconds. */
  private static Function<String, Duration> span(long leastMillis, long mostMillis) {
    return text -> {
      try {
        long millis = millis(text);
        if (millis >= leastMillis && millis <= mostMillis) return Duration.ofMillis(millis);
      } catch (NumberFormatException e) {
        // Said below, as for a span out of range.
      }
      throw new IllegalArgumentException(
          "a time such as 500ms, 1s or 2m, from " + leastMillis + " ms to " + mostMillis + " ms");
    };
  }

  private static long millis(String text) {
    String number = text.replaceFirst(" ?[a-z]*$", "");
    if (!number.matches("[0-9]+(\\.[0-9]+)?")) throw new NumberFormatException(text);
    double scale =
        switch (text.substring(number.length()).trim()) {
          case "ms" -> 1;
          case "", "s" -> 1e3;
          case "m" -> 60e3;
          case "h" -> 3600e3;
          default -> throw new NumberFormatException(text);
        };
    return Math.round(Double.parseDouble(number) * scale);
  }
}
