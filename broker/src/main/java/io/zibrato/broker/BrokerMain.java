package io.zibrato.broker;

import io.zibrato.daemon.Command;
import java.io.IOException;
import java.io.PrintStream;

/** Runs one {@link Broker} until SIGTERM or SIGINT. Exit codes are {@link Command}'s. */
public final class BrokerMain {
  private BrokerMain() {}

  public static void main(String[] args) {
    System.exit(run(args, System.out, System.err));
  }

  static int run(String[] args, PrintStream out, PrintStream err) {
    return new Command<>("zibrato-broker", new BrokerFlags(), BrokerMain::open).run(args, out, err);
  }

  private static Broker open(BrokerFlags flags, PrintStream out, Command.Stop stop)
      throws IOException {
    Broker broker = Broker.start(flags.options(), stop::failed);
    out.println(broker);
    out.flush();
    return broker;
  }
}
