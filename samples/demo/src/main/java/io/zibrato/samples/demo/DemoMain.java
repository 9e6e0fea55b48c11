package io.zibrato.samples.demo;

import java.io.IOException;
import java.io.PrintStream;

/**
 * {@code ./zibrato demo}. Exit code 0: all that was counted is in the store; 1: it is not, or
 * something failed; 2: bad usage.
 */
public final class DemoMain {
  private static final int EXACT = 0;
  private static final int FAILED = 1;
  private static final int USAGE = 2;

  private DemoMain() {}

  public static void main(String[] args) {
    Children children = new Children();
    StopSignal signal = StopSignal.create(children::kill);
    int exitCode = run(args, System.out, System.err, children, signal);
    signal.ended(exitCode);
    System.exit(exitCode);
  }

  private static int run(
      String[] args, PrintStream out, PrintStream err, Children children, StopSignal signal) {
    try {
      DemoFlags flags = DemoFlags.parse(args);
      if (flags.help) {
        out.print(flags.usage());
        return EXACT;
      }
      if (flags.version) {
        out.println("zibrato-demo " + version());
        return EXACT;
      }
      try (Demo demo = new Demo(flags, out, children, signal)) {
        return demo.run() ? EXACT : FAILED;
      }
    } catch (UsageException e) {
      err.println("zibrato-demo: " + e.getMessage() + "\nTry --help.");
      return USAGE;
    } catch (IOException e) {
      err.println("zibrato-demo: " + e.getMessage());
      return FAILED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return FAILED;
    }
  }

  private static String version() {
    String version = DemoMain.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
