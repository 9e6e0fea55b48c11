package io.zibrato.backends;

import io.zibrato.daemon.Command;
import io.zibrato.daemon.UsageException;
import java.io.PrintStream;
import java.util.Arrays;

/** A worker's process, from its command line to its exit code. */
public final class WorkerCommand {
  /** Makes the backend that the flags describe; connects to nothing yet. */
  public interface BackendFactory<F extends WorkerFlags> {
    Backend create(F flags) throws UsageException;
  }

  private WorkerCommand() {}

  /**
   * Runs the worker until it is asked to stop, by SIGTERM, SIGINT or SIGHUP.
   *
   * <p>Prints {@code worker for <service> connected to <address>} to standard output, once for each
   * broker, when the service has taken our credentials and the broker was heard.
   *
   * <p>A first argument {@code spool} shows what the worker holds instead, and ends.
   *
   * @param program the name in messages; the service is what follows {@code zibrato-}
   * @return the exit code: 0 stopped, 1 failed, 2 bad usage
   */
  public static <F extends WorkerFlags> int run(
      String program, F flags, String[] args, BackendFactory<F> factory) {
    if (args.length > 0 && args[0].equals("spool")) {
      String[] rest = Arrays.copyOfRange(args, 1, args.length);
      return SpoolCommand.run(program, service(program), rest);
    }
    Command.Opener<F> opener =
        (checked, out, stop) ->
            HealthPort.beside(
                Worker.start(
                    checked.options(service(program)),
                    factory.create(checked),
                    new Announcer(program, checked, out, stop)),
                checked.healthPort,
                address -> new Announcer(program, checked, out, stop).health(address));
    return new Command<>(program, flags, opener).run(args, System.out, System.err);
  }

  static String service(String program) {
    return program.replaceFirst("^zibrato-", "");
  }

  private record Announcer(String program, WorkerFlags flags, PrintStream out, Command.Stop stop)
      implements Worker.Listener {
    @Override
    public void connected(String endpoint) {
      flags.announce(program, "worker for " + service(program) + " connected to " + endpoint, out);
    }

    void health(String address) {
      flags.announce(program, "health at " + address, out);
    }

    @Override
    public void failed(String reason) {
      stop.failed(reason);
    }
  }
}
