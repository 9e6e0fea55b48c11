package io.zibrato.store.clients;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** What a library logs, which is all that some tell of their failures. */
final class Said extends Handler implements AutoCloseable {
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Logger logger;
  private final Level before;

  private Said(Logger logger) {
    this.logger = logger;
    before = logger.getLevel();
    logger.setLevel(Level.FINE);
    logger.addHandler(this);
  }

  static Said by(Class<?> library) {
    return new Said(Logger.getLogger(library.getName()));
  }

  /** Level and message of each. */
  List<String> lines() {
    return List.copyOf(lines);
  }

  @Override
  public void publish(LogRecord said) {
    lines.add(said.getLevel() + " " + new SimpleFormatter().formatMessage(said));
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
    logger.setLevel(before);
  }
}
