package io.zibrato.bench.statvent;

import io.zibrato.daemon.Command;
import java.io.IOException;
import java.io.PrintStream;

/**
 * {@code ./zibrato bench statvent}. Exit code 0: all bounds hold; 1: one does not; 2: bad usage.
 */
public final class PipesMain {
  private PipesMain() {}

  public static void main(String[] args) {
    System.exit(
        Command.ofTask("zibrato-bench-statvent", new PipesFlags(), PipesMain::run)
            .run(args, System.out, System.err));
  }

  private static int run(PipesFlags flags, PrintStream out, Command.Asked asked)
      throws IOException, InterruptedException {
    try (ManyPipes pipes = new ManyPipes(flags, out)) {
      return pipes.run() ? Command.STOPPED : Command.FAILED;
    }
  }
}
