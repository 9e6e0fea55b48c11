package io.zibrato.bench;

import io.zibrato.daemon.Command;
import java.io.PrintStream;

/**
 * {@code ./zibrato bench}: what a call costs, beside floors and peers, under every JDK asked for.
 * Exit code 0: every bound holds, or the run was a quick one; 1: one does not, or could not be
 * measured; 2: bad usage.
 */
public final class BenchMain {
  private BenchMain() {}

  public static void main(String[] args) {
    System.exit(run(args, System.out, System.err));
  }

  static int run(String[] args, PrintStream out, PrintStream err) {
    return Command.ofTask(
            "zibrato-bench",
            new BenchFlags(),
            (flags, to, asked) -> new Bench(flags, args, to, asked).run())
        .run(args, out, err);
  }
}
