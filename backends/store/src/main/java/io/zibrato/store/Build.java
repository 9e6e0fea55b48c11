package io.zibrato.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** What the build wrote down: where in the class path the webjar's script is. */
final class Build {
  private static final Properties PROPERTIES = load();

  private Build() {}

  static String chartScript() {
    return PROPERTIES.getProperty("chart");
  }

  private static Properties load() {
    final Properties properties = new Properties();
    try (InputStream in = Build.class.getResourceAsStream("build.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties;
  }
}
