package io.zibrato.store;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Map;

/**
 * Runs one {@link Store} until SIGTERM or SIGINT. Exit code 0: asked to stop; 1: could not start or
 * failed; 2: bad usage. The one line on standard output says where it listens.
 */
public final class StoreMain {
  private StoreMain() {}

  public static void main(String[] args) {
    System.exit(run(args, System.getenv(), System.out, System.err));
  }

  static int run(String[] args, Map<String, String> environment, PrintStream out, PrintStream err) {
    Logging.configure();
    try {
      final StoreFlags flags = StoreFlags.parse(args);
      if (flags.help || flags.version) {
        out.print(flags.help ? flags.usage() : "zibrato-store " + Build.version() + "\n");
        return 0;
      }
      return serve(flags.options(environment), out);
    } catch (UsageException e) {
      err.println("zibrato-store: " + e.getMessage());
      err.println("Try --help.");
      return 2;
    } catch (IOException e) {
      err.println("zibrato-store: " + e.getMessage());
      return 1;
    }
  }

  private static int serve(StoreOptions options, PrintStream out) throws IOException {
    final StopSignal signal = StopSignal.create();
    try (Store store = Store.open(options)) {
      out.println("store listening on " + store.uri());
      out.flush();
      signal.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      signal.closed();
    }
    return 0;
  }
}
