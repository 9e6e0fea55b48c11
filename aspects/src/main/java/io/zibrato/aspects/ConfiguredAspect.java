package io.zibrato.aspects;

import io.zibrato.aspects.Spec.Kind;
import io.zibrato.meter.Series;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * One line of the agent's configuration: an aspect to generate.
 *
 * @param key as it stands in the file
 * @param className of the aspect
 * @param parent the abstract aspect it extends
 * @param pointcutName the abstract pointcut that it defines
 * @param pointcut its definition, as it stands in the file
 */
public record ConfiguredAspect(
    String key, String className, String parent, String pointcutName, String pointcut) {
  private static final String PACKAGE = "io.zibrato.aspects.";
  private static final Set<String> ATTRIBUTES =
      Set.of("level", "name", "source", "tags", "value", "on", "sample");

  /**
   * Reads a line, and makes known what its aspect asks for.
   *
   * @throws IllegalArgumentException saying what is wrong
   */
  public static ConfiguredAspect parse(String key, String line) {
    int dot = key.indexOf('.');
    if (dot < 0) throw new IllegalArgumentException("the key is no count.X, time.X or gauge.X");
    Kind kind = kind(key.substring(0, dot));
    String[] parts = line.split(";");
    Map<String, String> attributes = new HashMap<>();
    for (String part : Arrays.asList(parts).subList(1, parts.length)) {
      int equals = part.indexOf('=');
      String attribute = equals < 0 ? part.trim() : part.substring(0, equals).trim();
      if (equals < 0 || !ATTRIBUTES.contains(attribute)) {
        throw new IllegalArgumentException("no attribute: \"" + attribute + '"');
      }
      attributes.put(attribute, part.substring(equals + 1).trim());
    }
    String name = "io.zibrato.weave." + key.replaceAll("[^A-Za-z0-9]", "_");
    WeavePattern.register(name, spec(kind, attributes));
    String pointcut = parts[0].trim();
    return switch (kind) {
      case COUNT -> new ConfiguredAspect(key, name, PACKAGE + "CountPattern", "counted", pointcut);
      case TIME -> new ConfiguredAspect(key, name, PACKAGE + "TimePattern", "timed", pointcut);
      case GAUGE -> new ConfiguredAspect(key, name, PACKAGE + "GaugePattern", "gauged", pointcut);
    };
  }

  private static Kind kind(String text) {
    return switch (text) {
      case "count" -> Kind.COUNT;
      case "time" -> Kind.TIME;
      case "gauge" -> Kind.GAUGE;
      default -> throw new IllegalArgumentException("neither count, time nor gauge: " + text);
    };
  }

  private static Spec spec(Kind kind, Map<String, String> attributes) {
    String tags = attributes.getOrDefault("tags", "");
    String on = attributes.getOrDefault("on", "BOTH").toUpperCase(Locale.ROOT);
    if (!Set.of("RETURN", "THROW", "BOTH").contains(on)) {
      throw new IllegalArgumentException("on is no return, throw or both: " + on);
    }
    List<String> pairs = tags.isEmpty() ? List.of() : Arrays.asList(tags.split("\\s*,\\s*"));
    Series.tags(pairs);
    return new Spec(
        kind,
        Series.checkLevel(attributes.getOrDefault("level", "info")),
        attributes.getOrDefault("name", ""),
        attributes.getOrDefault("source", ""),
        pairs,
        whole(attributes, "value", 0),
        on,
        (int) whole(attributes, "sample", 1));
  }

  private static long whole(Map<String, String> attributes, String attribute, int least) {
    String text = attributes.getOrDefault(attribute, "1");
    try {
      int n = Integer.parseInt(text);
      if (n >= least) return n;
    } catch (NumberFormatException e) {
      // Said below, as for a number out of range.
    }
    throw new IllegalArgumentException(
        attribute + " is no whole number of " + least + " or more: " + text);
  }
}
