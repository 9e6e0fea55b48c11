package io.zibrato.bench.footprint;

import io.zibrato.daemon.Command;
import java.io.PrintStream;

/**
 * Measures every {@link Fact} under every JDK asked for. Exit codes: 0 when all bounds hold, 1 when
 * one does not or could not be measured, 2 bad usage.
 */
public final class FootprintMain {
  private FootprintMain() {}

  public static void main(String[] args) {
    System.exit(run(args, System.out, System.err));
  }

  static int run(String[] args, PrintStream out, PrintStream err) {
    return Command.ofTask(
            "zibrato bench footprint",
            new FootprintFlags(),
            (flags, to, asked) -> new Footprint(flags, to, asked).run())
        .run(args, out, err);
  }
}
