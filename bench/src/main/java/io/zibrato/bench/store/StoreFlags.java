package io.zibrato.bench.store;

import com.beust.jcommander.Parameter;
import io.zibrato.daemon.Flags;
import io.zibrato.daemon.UsageException;

/** The command line of {@code ./zibrato bench store}. */
final class StoreFlags extends Flags {
  @Parameter(names = "--home", order = 1, description = "The clone whose jars are measured")
  String home = ".";

  @Parameter(
      names = "--results",
      order = 2,
      description = "Folder for the result file; default: bench/results of the clone")
  String results;

  @Parameter(
      names = "--days",
      order = 3,
      description = "How many days of measurements the large store holds, a million a day")
  int days = 20;

  @Parameter(
      names = "--quick",
      order = 4,
      description = "Few measurements and two days: shows that it runs, judges nothing")
  boolean quick;

  @Override
  protected void check() throws UsageException {
    if (days < 2 || days > 100) {
      throw new UsageException("--days: not from 2 to 100: \"" + days + '"');
    }
  }
}
