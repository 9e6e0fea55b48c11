package io.zibrato.backends.console;

import com.beust.jcommander.Parameter;
import io.zibrato.backends.WorkerFlags;
import io.zibrato.daemon.SecondsConverter;
import io.zibrato.daemon.UsageException;
import java.time.Duration;

/** The flags of the worker for a terminal. */
final class ConsoleFlags extends WorkerFlags {
  private static final Duration MOST_OFTEN = Duration.ofMillis(250);
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofHours(1);

  @Parameter(
      names = "--json",
      description = "Print each interval as a line of JSON, as exec has it")
  private boolean json;

  @Parameter(
      names = "--sort",
      description = "What the table is sorted by: rate, count, p99, name or source")
  private String sort = "rate";

  @Parameter(
      names = "--window",
      converter = SecondsConverter.class,
      description = "Seconds that the table's rates and percentiles are of, from 1 to 3600")
  private Duration window = Duration.ofSeconds(10);

  private Order order;

  ConsoleFlags() {
    super(Duration.ofSeconds(1));
  }

  boolean json() {
    return json;
  }

  Order order() {
    return order;
  }

  Duration window() {
    return window;
  }

  /** Between two tables: each asks for the terminal's size, by a program. */
  Duration pace() {
    long millis = Math.max(MOST_OFTEN.toMillis(), flushInterval().toMillis());
    return Duration.ofMillis(Math.min(SHORTEST.toMillis(), millis));
  }

  @Override
  protected void check() throws UsageException {
    super.check();
    order = Order.named(sort);
    if (order == null) {
      throw new UsageException("--sort: not rate, count, p99, name or source: \"" + sort + '"');
    }
    if (window.compareTo(SHORTEST) < 0 || window.compareTo(LONGEST) > 0) {
      throw new UsageException(
          "--window: not from 1 to 3600 s: \"" + window.toMillis() / 1000.0 + '"');
    }
  }
}
