package io.zibrato.daemon;

import java.io.Closeable;
import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicReference;

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
     * @param out for the line that says where the process listens, by {@link Flags#announce}
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

  /** Work that ends by itself, or sooner when asked. */
  public interface Task<F> {
    /**
     * @param asked tells when the process is asked to stop
     * @return the exit code
     * @throws UsageException for flags that turn out unusable only now
     * @throws Exception whose message tells why the process failed
     */
    int run(F flags, PrintStream out, Asked asked) throws Exception;
  }

  /** Whether the process is asked to stop. */
  public interface Asked {
    /** Waits so long, and returns whether it was asked. */
    boolean await(long millis) throws InterruptedException;
  }

  private final String name;
  private final F flags;
  private final Work<F> work;

  private interface Work<F> {
    int run(F flags, PrintStream out, PrintStream err) throws Exception;
  }

  private Command(Work<F> work, String name, F flags) {
    this.name = name;
    this.flags = flags;
    this.work = work;
  }

  /** A process that works until it is asked to stop. */
  public Command(String name, F flags, Opener<F> opener) {
    this((given, out, err) -> serve(name, given, opener, out, err), name, flags);
  }

  /** A process that also ends by itself. */
  public static <F extends Flags> Command<F> ofTask(String name, F flags, Task<F> task) {
    return new Command<>(
        (given, out, err) -> task.run(given, out, new ShutdownSignal()::await), name, flags);
  }

  /** Runs to the end, and returns the exit code. */
  public int run(String[] args, PrintStream out, PrintStream err) {
    LogFormat.useText();
    flags.logFormat = FlagParser.logFormat(args);
    try {
      FlagParser.parse(name, flags, args);
      flags.logFormat.use();
      if (flags.help) return say(out, FlagParser.usage(name, flags), STOPPED);
      if (flags.version) return say(out, name + ' ' + version(), STOPPED);
      return work.run(flags, out, err);
    } catch (UsageException e) {
      return say(err, flags.logFormat.line(name, e.getMessage() + "\nTry --help."), USAGE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return STOPPED;
    } catch (Exception e) {
      String reason = e.getMessage() == null ? e.toString() : e.getMessage();
      return say(err, flags.logFormat.line(name, reason), FAILED);
    }
  }

  private static <F extends Flags> int serve(
      String name, F flags, Opener<F> opener, PrintStream out, PrintStream err) throws Exception {
    ShutdownSignal signal = new ShutdownSignal();
    AtomicReference<String> failure = new AtomicReference<>();
    Stop stop =
        reason -> {
          failure.compareAndSet(null, reason);
          signal.signal();
        };
    Closeable work = opener.open(flags, out, stop);
    try {
      signal.await();
    } finally {
      work.close();
    }
    if (failure.get() == null) return STOPPED;
    return say(err, flags.logFormat.line(name, failure.get()), FAILED);
  }

  private static int say(PrintStream to, String text, int exitCode) {
    to.println(text);
    to.flush();
    return exitCode;
  }

  private String version() {
    String version = flags.getClass().getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
