package io.zibrato.daemon;

/** One line a log record on standard error: time, level, logger, message. */
final class LogFormat {
  private static final String PROPERTY = "java.util.logging.SimpleFormatter.format";

  private LogFormat() {}

  /** Leaves a format alone that the user has set. */
  static void use() {
    if (System.getProperty(PROPERTY) == null) {
      System.setProperty(PROPERTY, "%1$tFT%1$tT.%1$tL %4$s %3$s: %5$s%6$s%n");
    }
  }
}
