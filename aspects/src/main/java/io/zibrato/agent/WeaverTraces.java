package io.zibrato.agent;

import org.aspectj.weaver.tools.Trace;
import org.aspectj.weaver.tools.TraceFactory;

/**
 * Takes what the weaver traces: its faults are reported, the rest goes nowhere. The weaver makes
 * it, by name, so it is public and has no arguments.
 */
public final class WeaverTraces extends TraceFactory {
  private static final Trace FAULTS = new Faults();

  @Override
  @SuppressWarnings("rawtypes") // The superclass says so.
  public Trace getTrace(Class type) {
    return FAULTS;
  }

  private static final class Faults implements Trace {
    @Override
    public void error(String message) {
      report(message, null);
    }

    @Override
    public void error(String message, Throwable thrown) {
      report(message, thrown);
    }

    @Override
    public void fatal(String message) {
      report(message, null);
    }

    @Override
    public void fatal(String message, Throwable thrown) {
      report(message, thrown);
    }

    private static void report(String message, Throwable thrown) {
      WeaveReport report = WeaveMessages.report;
      if (report != null)
        report.error("in the weaver: " + message + (thrown == null ? "" : ": " + thrown));
    }

    @Override
    public boolean isTraceEnabled() {
      return false;
    }

    @Override
    public void setTraceEnabled(boolean enabled) {}

    @Override
    public void enter(String method, Object self, Object[] arguments) {}

    @Override
    public void enter(String method, Object self) {}

    @Override
    public void enter(String method, Object self, Object argument) {}

    @Override
    public void enter(String method, Object self, boolean argument) {}

    @Override
    public void exit(String method, Object result) {}

    @Override
    public void exit(String method, Throwable thrown) {}

    @Override
    public void exit(String method) {}

    @Override
    public void exit(String method, boolean result) {}

    @Override
    public void exit(String method, int result) {}

    @Override
    public void event(String method) {}

    @Override
    public void event(String method, Object self, Object[] arguments) {}

    @Override
    public void event(String method, Object self, Object argument) {}

    @Override
    public void debug(String message) {}

    @Override
    public void info(String message) {}

    @Override
    public void warn(String message) {}

    @Override
    public void warn(String message, Throwable thrown) {}
  }
}
