package io.zibrato.store;

import java.util.logging.Level;
import java.util.logging.Logger;

/** One line a log record, on standard error; Jetty speaks from WARNING up. */
final class Logging {
  // java.util.logging forgets the level of a logger that nobody holds.
  private static final Logger JETTY = Logger.getLogger("org.eclipse.jetty");

  private Logging() {}

  /** Keeps a format that the user set. */
  static void configure() {
    final String format = "java.util.logging.SimpleFormatter.format";
    if (System.getProperty(format) == null) {
      System.setProperty(format, "%1$tFT%1$tT %4$s %3$s: %5$s%6$s%n");
    }
    JETTY.setLevel(Level.WARNING);
  }
}
