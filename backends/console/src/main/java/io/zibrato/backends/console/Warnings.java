package io.zibrato.backends.console;

import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Keeps what is logged off the terminal, and the last warning at hand. Any thread. */
final class Warnings extends Handler {
  private final Logger root = LogManager.getLogManager().getLogger("");
  private final SimpleFormatter format = new SimpleFormatter();
  private Handler[] before = {}; // guarded by this
  private volatile String last = "";

  synchronized void start() {
    setLevel(Level.WARNING);
    before = root.getHandlers();
    for (Handler handler : before) root.removeHandler(handler);
    root.addHandler(this);
  }

  /** Empty if there was none. */
  String last() {
    return last;
  }

  @Override
  public void publish(LogRecord record) {
    if (isLoggable(record)) last = format.formatMessage(record);
  }

  @Override
  public void flush() {}

  @Override
  public synchronized void close() {
    root.removeHandler(this);
    for (Handler handler : before) root.addHandler(handler);
    before = new Handler[0];
  }
}
