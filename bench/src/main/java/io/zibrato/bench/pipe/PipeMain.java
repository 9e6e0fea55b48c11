package io.zibrato.bench.pipe;

import io.zibrato.daemon.Command;
import java.io.IOException;
import java.io.PrintStream;

/** {@code ./zibrato bench pipe}. Exit code 0: all bounds hold; 1: one does not; 2: bad usage. */
public final class PipeMain {
  private PipeMain() {}

  public static void main(String[] args) {
    System.exit(
        Command.ofTask("zibrato-bench-pipe", new PipeFlags(), PipeMain::run)
            .run(args, System.out, System.err));
  }

  private static int run(PipeFlags flags, PrintStream out, Command.Asked asked)
      throws IOException, InterruptedException {
    return new Pipe(flags, out).run() ? Command.STOPPED : Command.FAILED;
  }
}
