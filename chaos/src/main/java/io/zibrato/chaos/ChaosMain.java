package io.zibrato.chaos;

import io.zibrato.daemon.Command;
import io.zibrato.processes.Children;
import java.io.PrintStream;

/**
 * {@code ./zibrato chaos}. Exit code 0: all that has to hold did; 1: it did not, or something
 * failed; 2: bad usage.
 */
public final class ChaosMain {
  private ChaosMain() {}

  public static void main(String[] args) {
    System.exit(
        Command.ofTask("zibrato-chaos", new ChaosFlags(), ChaosMain::run)
            .run(args, System.out, System.err));
  }

  private static int run(ChaosFlags flags, PrintStream out, Command.Asked asked) throws Exception {
    Children children = new Children();
    Runtime.getRuntime().addShutdownHook(new Thread(children::kill, "chaos-children"));
    try (Chaos chaos = new Chaos(flags, out, children, asked)) {
      return chaos.run() ? Command.STOPPED : Command.FAILED;
    }
  }
}
