package io.zibrato.backends.exec;

import com.beust.jcommander.Parameter;
import io.zibrato.backends.WorkerFlags;
import io.zibrato.daemon.SecondsConverter;
import io.zibrato.daemon.UsageException;
import java.time.Duration;

/** The flags of the worker for a program. */
final class ExecFlags extends WorkerFlags {
  private static final int MAX_BATCH = 10_000;

  @Parameter(
      names = "--command",
      description = "The program to start, as a command of /bin/sh; required")
  private String command;

  @Parameter(
      names = "--ack",
      description =
          "The program answers each line with one of its own: ok, retry, or refused and why; what it"
              + " has not answered comes again. Without, a line is taken once it is written")
  private boolean acknowledged;

  @Parameter(names = "--batch-size", description = "The most measurements in one line")
  private int batchSize = 1000;

  @Parameter(
      names = "--timeout",
      converter = SecondsConverter.class,
      description =
          "Seconds that the program may take to read a line, and to answer it; past that it is ended"
              + " and started again")
  private Duration timeout = Duration.ofSeconds(30);

  @Parameter(
      names = "--stop-timeout",
      converter = SecondsConverter.class,
      description = "Seconds that the program may go on when its input ends, before it is ended")
  private Duration stopTimeout = Duration.ofSeconds(5);

  /** What the flags say, once they are checked. */
  ExecOptions options() {
    return new ExecOptions(command, acknowledged, batchSize, timeout, stopTimeout);
  }

  @Override
  protected void check() throws UsageException {
    super.check();
    if (command == null) throw new UsageException("--command: missing");
    if (command.isBlank()) throw new UsageException("--command: blank: \"" + command + '"');
    if (batchSize < 1 || batchSize > MAX_BATCH) {
      throw new UsageException(
          "--batch-size: not from 1 to " + MAX_BATCH + ": \"" + batchSize + '"');
    }
  }
}
