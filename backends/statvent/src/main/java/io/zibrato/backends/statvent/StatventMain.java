package io.zibrato.backends.statvent;

import io.zibrato.daemon.Command;
import java.io.IOException;
import java.io.PrintStream;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Runs one {@link Service} until SIGTERM, SIGINT or SIGHUP. Exit codes are {@link Command}'s. The
 * one line on standard output says where it listens.
 */
public final class StatventMain {
  private static final String NAME = "zibrato-statvent";

  // java.util.logging forgets the level of a logger that nobody holds.
  private static final Logger JETTY = Logger.getLogger("org.eclipse.jetty");

  private StatventMain() {}

  public static void main(String[] args) {
    JETTY.setLevel(Level.WARNING);
    System.exit(run(args, System.out, System.err));
  }

  static int run(String[] args, PrintStream out, PrintStream err) {
    return new Command<>(NAME, new StatventFlags(), StatventMain::open).run(args, out, err);
  }

  private static Service open(StatventFlags flags, PrintStream out, Command.Stop stop)
      throws IOException {
    Service service = Service.open(flags.options());
    flags.announce(NAME, "statvent listening on " + service.uri(), out);
    return service;
  }
}
