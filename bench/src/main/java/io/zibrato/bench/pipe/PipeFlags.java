package io.zibrato.bench.pipe;

import com.beust.jcommander.Parameter;
import io.zibrato.daemon.Flags;
import io.zibrato.daemon.UsageException;

/** The command line of {@code ./zibrato bench pipe}. */
final class PipeFlags extends Flags {
  @Parameter(names = "--home", order = 1, description = "The clone whose jars are measured")
  String home = ".";

  @Parameter(
      names = "--results",
      order = 2,
      description = "Folder for the result file; default: bench/results of the clone")
  String results;

  @Parameter(
      names = "--seconds",
      order = 3,
      description = "How long each load lasts for each that is measured, in all")
  int seconds = 20;

  @Parameter(
      names = "--quick",
      order = 4,
      description = "A second or two of each: shows that it runs, judges nothing")
  boolean quick;

  @Override
  protected void check() throws UsageException {
    if (seconds < 1 || seconds > 3600) {
      throw new UsageException("--seconds: not from 1 to 3600: \"" + seconds + '"');
    }
  }
}
