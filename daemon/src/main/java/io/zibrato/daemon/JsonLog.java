package io.zibrato.daemon;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/**
 * A line of JSON a log record, all ASCII:
 *
 * <pre>
 * {"time": "2026-11-21T18:20:31.204Z", "level": "WARNING", "logger": "io.zibrato.backends.Spool",
 *  "message": "...", "thrown": "java.io.IOException: ...\n\tat ..."}
 * </pre>
 *
 * <p>{@code thrown} is there only where something was. Levels are those of {@link System.Logger}.
 */
final class JsonLog extends Formatter {
  @Override
  public String format(LogRecord record) {
    StringBuilder line = new StringBuilder();
    begin(line, record.getInstant(), level(record.getLevel()), record.getLoggerName());
    JsonText.append(line.append(",\"message\":"), String.valueOf(formatMessage(record)));
    if (record.getThrown() != null) {
      JsonText.append(line.append(",\"thrown\":"), trace(record.getThrown()));
    }
    return line.append("}\n").toString();
  }

  /** A line about the process itself. */
  static String line(System.Logger.Level level, String program, String message) {
    StringBuilder line = new StringBuilder();
    begin(line, Instant.now(), level.name(), program);
    JsonText.append(line.append(",\"message\":"), message);
    return line.append('}').toString();
  }

  private static void begin(StringBuilder line, Instant time, String level, String logger) {
    JsonText.append(line.append("{\"time\":"), Instant.ofEpochMilli(time.toEpochMilli()) + "");
    JsonText.append(line.append(",\"level\":"), level);
    JsonText.append(line.append(",\"logger\":"), String.valueOf(logger));
  }

  private static String level(Level level) {
    for (System.Logger.Level each : System.Logger.Level.values()) {
      boolean real = each != System.Logger.Level.ALL && each != System.Logger.Level.OFF;
      if (real && level.intValue() <= severity(each)) return each.name();
    }
    return System.Logger.Level.ERROR.name();
  }

  private static int severity(System.Logger.Level level) {
    return switch (level) {
      case TRACE -> Level.FINER.intValue();
      case DEBUG -> Level.FINE.intValue();
      case INFO -> Level.INFO.intValue();
      case WARNING -> Level.WARNING.intValue();
      default -> Level.SEVERE.intValue();
    };
  }

  private static String trace(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text, true));
    return text.toString();
  }
}
