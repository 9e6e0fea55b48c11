package io.zibrato.agent;

import java.lang.reflect.Field;
import org.aspectj.bridge.Version;
import org.aspectj.weaver.tools.TraceFactory;

/** Spares an application what AspectJ's weaver does as it starts and weaving does not need. */
final class WeaverStart {
  private static final String TRACES = "org.aspectj.tracing.factory";

  private WeaverStart() {}

  /** To be called once, before any other class of the weaver is used. */
  static void prepare() {
    leaveLoggingAlone();
    leaveBuildTimeAlone();
  }

  /**
   * By itself the weaver would trace by {@code java.util.logging}, and so start the application's
   * logging, while a class is being loaded, perhaps before the application has set it up.
   */
  private static void leaveLoggingAlone() {
    if (System.getProperty(TRACES) != null) return;
    System.setProperty(TRACES, WeaverTraces.class.getName());
    try {
      TraceFactory.getTraceFactory();
    } finally {
      System.clearProperty(TRACES);
    }
  }

  /**
   * The weaver notes in each woven class when it was built itself, which nobody reads. It parses
   * that from text, by names of time zones, and these take as long to load as weaving a class does.
   */
  private static void leaveBuildTimeAlone() {
    try {
      Field time = Version.class.getDeclaredField("time");
      time.setAccessible(true);
      time.setLong(null, Version.NOTIME);
    } catch (ReflectiveOperationException | RuntimeException e) {
      Agent.say("the weaver starts slower than it need: " + e);
    }
  }
}
