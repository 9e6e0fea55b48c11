package io.zibrato.transport;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** What a class of ours logs while this is open, as text. */
final class LogRecords extends Handler {
  private final SimpleFormatter formatter = new SimpleFormatter();
  private final Logger logger;
  private final List<String> messages = new ArrayList<>();

  LogRecords(Class<?> source) {
    logger = Logger.getLogger(source.getName());
    logger.addHandler(this);
    logger.setUseParentHandlers(false);
  }

  List<String> messages() {
    return messages;
  }

  @Override
  public synchronized void publish(LogRecord record) {
    messages.add(record.getLevel() + " " + formatter.formatMessage(record));
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
    logger.setUseParentHandlers(true);
  }
}
