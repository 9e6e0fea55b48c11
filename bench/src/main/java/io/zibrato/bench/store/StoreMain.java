package io.zibrato.bench.store;

import io.zibrato.daemon.Command;
import java.io.IOException;
import java.io.PrintStream;

/** {@code ./zibrato bench store}. Exit code 0: all bounds hold; 1: one does not; 2: bad usage. */
public final class StoreMain {
  private StoreMain() {}

  public static void main(String[] args) {
    System.exit(
        Command.ofTask("zibrato-bench-store", new StoreFlags(), StoreMain::run)
            .run(args, System.out, System.err));
  }

  private static int run(StoreFlags flags, PrintStream out, Command.Asked asked)
      throws IOException, InterruptedException {
    return new StoreBench(flags, out).run() ? Command.STOPPED : Command.FAILED;
  }
}
