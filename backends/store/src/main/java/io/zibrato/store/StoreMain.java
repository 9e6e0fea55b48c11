package io.zibrato.store;

import io.zibrato.daemon.Command;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Runs one {@link Store} until SIGTERM, SIGINT or SIGHUP. Exit codes are {@link Command}'s. The one
 * line on standard output says where it listens.
 */
public final class StoreMain {
  private static final String NAME = "zibrato-store";

  // java.util.logging forgets the level of a logger that nobody holds.
  private static final Logger JETTY = Logger.getLogger("org.eclipse.jetty");

  private StoreMain() {}

  public static void main(String[] args) {
    JETTY.setLevel(Level.WARNING);
    System.exit(run(args, System.getenv(), System.out, System.err));
  }

  static int run(String[] args, Map<String, String> environment, PrintStream out, PrintStream err) {
    StoreFlags flags = new StoreFlags(environment);
    return new Command<>(NAME, flags, StoreMain::open).run(args, out, err);
  }

  private static Store open(StoreFlags flags, PrintStream out, Command.Stop stop)
      throws IOException {
    final Store store = Store.open(flags.options());
    flags.announce(NAME, "store listening on " + store.uri(), out);
    return store;
  }
}
