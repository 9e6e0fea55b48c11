package io.zibrato.daemon;

import java.io.Closeable;
import java.io.PrintStream;

/**
 * A process from its command line to its exit code.
 *
 * <p>Exit codes: 0 asked to stop, or {@code --help} or {@code --version}; 1 failed, with one line
 * on standard error that says why; 2 bad usage, with one that names the flag and the value.
 *
 * @param <F> the flags
 */
public final class Command<F extends Flags> {
  public static final int STOPPED = 0;
  public static final int FAILED = 1;
  public static final int USAGE = 2;

  /** Starts the work; what it returns is closed when the process is asked to stop. */
  public interface Opener<F> {
    /**
     * @param out for the line that says where the process listens
     * @param stop ends the process; any thread
     * @throws UsageException for flags that turn out unusable only now
     * @throws Exception whose message tells why the process cannot start
     */
    Closeable open(F flags, PrintStream out, Stop stop) throws Exception;
  }

  /** Ends the process from within. */
  public interface Stop {
    /** Ends it with exit code 1 and this reason. Only the first call counts. */
    void failed(String reason);
  }

  private final String name;
  private final F flags;
  private final Opener<F> opener;
  private volatile String failure;

  public Command(String name, F flags, Opener<F> opener) {
    this.name = name;
    this.flags = flags;
    this.opener = opener;
  }

  /** Runs until asked to stop, and returns the exit code. */
  public int run(String[] args, PrintStream out, PrintStream err) {
    LogFormat.use();
    try {
      FlagParser.parse(name, flags, args);
      if (flags.help) return say(out, FlagParser.usage(name, flags), STOPPED);
      if (flags.version) return say(out, name + ' ' + version(), STOPPED);
      return work(out, err);
    } catch (UsageException e) {
      return say(err, name + ": " + e.getMessage() + "\nTry --help.", USAGE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return STOPPED;
    } catch (Exception e) {
      String reason = e.getMessage() == null ? e.toString() : e.getMessage();
      return say(err, name + ": " + reason, FAILED);
    }
  }

  private int work(PrintStream out, PrintStream err) throws Exception {
    ShutdownSignal signal = new ShutdownSignal();
    Stop stop =
        reason -> {
          if (failure == null) failure = reason;
          signal.signal();
        };
    Closeable work = opener.open(flags, out, stop);
    try {
      signal.await();
    } finally {
      work.close();
    }
    return failure == null ? STOPPED : say(err, name + ": " + failure, FAILED);
  }

  private static int say(PrintStream to, String text, int exitCode) {
    to.println(text);
    to.flush();
    return exitCode;
  }

  private String version() {
    String version = opener.getClass().getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
