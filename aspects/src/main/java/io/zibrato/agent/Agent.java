package io.zibrato.agent;

import java.lang.instrument.Instrumentation;
import java.util.function.Consumer;

/** The agent's entry. {@code -javaagent:zibrato-agent.jar[=config=FILE]}. */
public final class Agent {
  private static boolean started;

  private Agent() {}

  /**
   * Called by the JVM before {@code main}. Whatever is wrong with the arguments is said, and the
   * application starts all the same.
   */
  public static void premain(String args, Instrumentation instrumentation) {
    start(args, instrumentation);
  }

  private static synchronized void start(String args, Instrumentation instrumentation) {
    if (started) {
      say("is started already; -javaagent stands there twice");
      return;
    }
    started = true;
    try {
      WeaveConfig config = WeaveConfig.of(args == null ? "" : args);
      boolean verbose = Boolean.getBoolean("zibrato.weave.verbose");
      WeaveReport report =
          new WeaveReport(config.aspects(), verbose, WeaveReport.SUMMARY_SECONDS, new Say());
      instrumentation.addTransformer(new WeavingTransformer(config, report));
      report.start();
    } catch (Throwable e) {
      say("nothing is woven: " + e);
    }
  }

  /** No method reference, which would cost every start more than all else here. */
  private static final class Say implements Consumer<String> {
    @Override
    public void accept(String line) {
      say(line);
    }
  }

  /** One line on standard error. */
  static void say(String line) {
    System.err.println("[zibrato-agent] " + line);
  }
}
