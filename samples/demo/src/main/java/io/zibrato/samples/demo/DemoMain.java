package io.zibrato.samples.demo;

import io.zibrato.daemon.Command;
import io.zibrato.processes.Children;
import java.io.IOException;
import java.io.PrintStream;

/**
 * {@code ./zibrato demo}. Exit code 0: all that was counted is in the store; 1: it is not, or
 * something failed; 2: bad usage.
 */
public final class DemoMain {
  private DemoMain() {}

  public static void main(String[] args) {
    System.exit(
        Command.ofTask("zibrato-demo", new DemoFlags(), DemoMain::run)
            .run(args, System.out, System.err));
  }

  private static int run(DemoFlags flags, PrintStream out, Command.Asked asked)
      throws IOException, InterruptedException {
    Children children = new Children();
    Runtime.getRuntime().addShutdownHook(new Thread(children::kill, "demo-children"));
    try (Demo demo = new Demo(flags, out, children, asked)) {
      return demo.run() ? Command.STOPPED : Command.FAILED;
    }
  }
}
