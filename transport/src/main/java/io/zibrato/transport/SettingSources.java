package io.zibrato.transport;

import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.net.URL;
import java.net.URLConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Where settings come from, highest first: the builder, system properties {@code zibrato.x-y},
 * environment variables {@code ZIBRATO_X_Y}, and {@code zibrato.properties} on the class path,
 * whose keys are those of the system properties.
 *
 * <p>What is unknown or unusable is logged at WARNING, with its name, its value and where it was
 * found, and is otherwise as if it were not there.
 */
public final class SettingSources {
  private static final Logger LOG = System.getLogger(SettingSources.class.getName());
  private static final String PREFIX = "zibrato.";
  private static final String FILE = "zibrato.properties";

  /** Settings that others read: the agent, and our own tests, whose settings begin with test. */
  private static final Set<String> READ_ELSEWHERE = Set.of("weave.verbose", "weave-verbose");

  private record Source(String label, Map<String, String> values) {
    /** A dot in a name is a dash in the environment, and may be one elsewhere. */
    String value(String name) {
      String text = values.get(name);
      return text == null ? values.get(name.replace('.', '-')) : text;
    }
  }

  private final List<Source> sources = new ArrayList<>();
  private final Set<String> asked = new TreeSet<>();

  private SettingSources(List<Source> sources) {
    this.sources.addAll(sources);
  }

  /**
   * Reads the settings of this process.
   *
   * @param builder values that win over all others, by name without prefix
   */
  public static Settings load(Map<String, String> builder) {
    return load(builder, System.getProperties(), System.getenv(), classPath());
  }

  /**
   * One setting alone, for whoever needs no other; what else is set is not looked at.
   *
   * @param parser whose IllegalArgumentException says what it wants
   */
  public static <T> T one(String name, T otherwise, Function<String, T> parser) {
    return of(Map.of(), System.getProperties(), System.getenv(), classPath())
        .value(name, otherwise, parser);
  }

  static Settings load(
      Map<String, String> builder, Properties system, Map<String, String> env, Properties file) {
    SettingSources sources = of(builder, system, env, file);
    Settings settings = Settings.from(sources);
    sources.warnOfUnknown();
    return settings;
  }

  private static SettingSources of(
      Map<String, String> builder, Properties system, Map<String, String> env, Properties file) {
    return new SettingSources(
        List.of(
            new Source("builder", builder),
            new Source("system property", prefixed(system)),
            new Source("environment", environment(env)),
            new Source(FILE, prefixed(file))));
  }

  /**
   * The value of the first source that has a usable one, or {@code otherwise}. The parser's
   * IllegalArgumentException says what it wants.
   */
  <T> T value(String name, T otherwise, Function<String, T> parser) {
    asked.add(name);
    for (Source source : sources) {
      String text = source.value(name);
      if (text == null) continue;
      try {
        return parser.apply(text.trim());
      } catch (IllegalArgumentException e) {
        LOG.log(
            Logger.Level.WARNING,
            "{0}{1} = \"{2}\" ({3}) is not {4}; it is passed over",
            PREFIX,
            name,
            text,
            source.label(),
            e.getMessage());
      }
    }
    return otherwise;
  }

  private void warnOfUnknown() {
    for (Source source : sources) {
      for (String name : source.values().keySet()) {
        if (isAsked(name) || isReadElsewhere(name)) continue;
        LOG.log(
            Logger.Level.WARNING,
            "{0}{1} ({2}) is no setting; known are {3}",
            PREFIX,
            name,
            source.label(),
            asked);
      }
    }
  }

  private boolean isAsked(String name) {
    for (String each : asked) {
      if (each.equals(name) || each.replace('.', '-').equals(name)) return true;
    }
    return false;
  }

  private static boolean isReadElsewhere(String name) {
    return READ_ELSEWHERE.contains(name) || name.startsWith("test.") || name.startsWith("test-");
  }

  private static Map<String, String> prefixed(Properties properties) {
    Map<String, String> values = new TreeMap<>();
    for (String key : properties.stringPropertyNames()) {
      if (key.startsWith(PREFIX)) {
        values.put(key.substring(PREFIX.length()), properties.getProperty(key));
      }
    }
    return values;
  }

  private static Map<String, String> environment(Map<String, String> env) {
    Map<String, String> values = new TreeMap<>();
    env.forEach(
        (key, value) -> {
          if (key.startsWith("ZIBRATO_")) {
            String name = key.substring("ZIBRATO_".length()).toLowerCase(Locale.ROOT);
            values.put(name.replace('_', '-'), value);
          }
        });
    return values;
  }

  /** Without the cache, which would keep the jar open after its application is gone. */
  private static InputStream opened(URL url) throws IOException {
    URLConnection connection = url.openConnection();
    connection.setUseCaches(false);
    return connection.getInputStream();
  }

  private static Properties classPath() {
    Properties properties = new Properties();
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    URL url = context == null ? null : context.getResource(FILE);
    if (url == null) url = SettingSources.class.getResource('/' + FILE);
    if (url == null) return properties;
    try (InputStream in = opened(url)) {
      properties.load(in);
    } catch (IOException | IllegalArgumentException e) {
      LOG.log(Logger.Level.WARNING, "cannot read " + url, e);
    }
    return properties;
  }
}
