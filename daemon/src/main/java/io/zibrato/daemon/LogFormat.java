package io.zibrato.daemon;

import com.beust.jcommander.ParameterException;
import com.beust.jcommander.converters.BaseConverter;
import java.lang.System.Logger.Level;
import java.util.Locale;
import java.util.logging.Handler;
import java.util.logging.LogManager;

/** How log records look on standard error. */
enum LogFormat {
  /** One line a record, for a person: time, level, logger, message; then a stack trace, if any. */
  TEXT,
  /** {@link JsonLog}. */
  JSON;

  private static final String PROPERTY = "java.util.logging.SimpleFormatter.format";

  /** Before anything is logged. Leaves a format alone that the user has set. */
  static void useText() {
    if (System.getProperty(PROPERTY) == null) {
      System.setProperty(PROPERTY, "%1$tFT%1$tT.%1$tL %4$s %3$s: %5$s%6$s%n");
    }
  }

  void use() {
    if (this == TEXT) return;
    for (Handler handler : LogManager.getLogManager().getLogger("").getHandlers()) {
      handler.setFormatter(new JsonLog());
    }
    // Which the JVM would print as text.
    Thread.setDefaultUncaughtExceptionHandler(LogFormat::failed);
  }

  private static void failed(Thread thread, Throwable thrown) {
    System.getLogger(LogFormat.class.getName())
        .log(Level.ERROR, "thread " + thread.getName() + " failed", thrown);
  }

  /** What ends the process, as a line. */
  String line(String program, String message) {
    return this == JSON ? JsonLog.line(Level.ERROR, program, message) : program + ": " + message;
  }

  /** What a process says of itself once it is at work, as a line. */
  String announcement(String program, String message) {
    return this == JSON ? JsonLog.line(Level.INFO, program, message) : message;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Reads the flag. */
  public static final class Converter extends BaseConverter<LogFormat> {
    public Converter(String flag) {
      super(flag);
    }

    @Override
    public LogFormat convert(String value) {
      for (LogFormat format : values()) {
        if (format.toString().equals(value)) return format;
      }
      throw new ParameterException(getOptionName() + ": not text or json: \"" + value + '"');
    }
  }
}
