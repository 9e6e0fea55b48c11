package io.zibrato.backends;

import io.zibrato.daemon.Command;
import io.zibrato.daemon.UsageException;
import java.io.Closeable;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A worker's process that shows what comes from now on to whoever started it. It remembers nothing
 * from run to run, unless {@code --state} says where, and standard output is its backend's alone.
 */
public final class LiveCommand {
  /** Makes the backend that the flags describe. */
  public interface BackendFactory<F extends WorkerFlags> {
    /**
     * @param stop ends the process; any thread
     */
    LiveBackend create(F flags, PrintStream out, Command.Stop stop) throws UsageException;
  }

  private LiveCommand() {}

  /**
   * Runs the worker until it is asked to stop, by SIGTERM, SIGINT or SIGHUP, or by its backend.
   *
   * @return the exit code: 0 stopped, 1 failed, 2 bad usage
   */
  public static <F extends WorkerFlags> int run(
      String program, F flags, String[] args, BackendFactory<F> factory) {
    return new Command<F>(
            program, flags, (checked, out, stop) -> open(program, checked, out, stop, factory))
        .run(args, System.out, System.err);
  }

  private static <F extends WorkerFlags> Closeable open(
      String program, F flags, PrintStream out, Command.Stop stop, BackendFactory<F> factory)
      throws IOException, UsageException {
    boolean forgetful = flags.state == null;
    if (forgetful) flags.state = Files.createTempDirectory(program + '-').toString();
    Path state = flags.stateFolder(WorkerCommand.service(program));
    LiveBackend backend = null;
    try {
      backend = factory.create(flags, out, stop);
      Closeable worker = start(flags, WorkerCommand.service(program), backend, stop);
      return () -> {
        try {
          worker.close();
        } finally {
          if (forgetful) delete(state);
        }
      };
    } catch (Exception e) {
      if (backend != null) backend.close();
      if (forgetful) delete(state);
      throw e;
    }
  }

  private static Closeable start(
      WorkerFlags flags, String service, LiveBackend backend, Command.Stop stop)
      throws IOException, UsageException {
    Worker.Listener listener =
        new Worker.Listener() {
          @Override
          public void connected(String endpoint) {
            backend.connected(endpoint);
          }

          @Override
          public void failed(String reason) {
            stop.failed(reason);
          }
        };
    return HealthPort.beside(
        Worker.start(flags.options(service), backend, listener), flags.healthPort, backend::health);
  }

  private static void delete(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : files) Files.deleteIfExists(file);
  }
}
