package io.zibrato.broker;

import io.zibrato.daemon.Command;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Arrays;

/**
 * Runs one {@link Broker} until SIGTERM, SIGINT or SIGHUP, or {@link Keygen} if the first argument
 * is {@code keygen}. Exit codes are {@link Command}'s.
 */
public final class BrokerMain {
  private static final String NAME = "zibrato-broker";

  private BrokerMain() {}

  public static void main(String[] args) {
    System.exit(run(args, System.out, System.err));
  }

  static int run(String[] args, PrintStream out, PrintStream err) {
    if (args.length > 0 && args[0].equals("keygen")) {
      return Keygen.run(Arrays.copyOfRange(args, 1, args.length), out, err);
    }
    return new Command<>(NAME, new BrokerFlags(), BrokerMain::open).run(args, out, err);
  }

  private static Broker open(BrokerFlags flags, PrintStream out, Command.Stop stop)
      throws IOException {
    Broker broker = Broker.start(flags.options(), stop::failed);
    flags.announce(NAME, broker.toString(), out);
    return broker;
  }
}
