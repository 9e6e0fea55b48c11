package io.zibrato.bench.statvent;

import com.beust.jcommander.Parameter;
import io.zibrato.daemon.Flags;
import io.zibrato.daemon.UsageException;

/** The command line of {@code ./zibrato bench statvent}. */
final class PipesFlags extends Flags {
  @Parameter(names = "--home", order = 1, description = "The clone whose jar is measured")
  String home = ".";

  @Parameter(
      names = "--results",
      order = 2,
      description = "Folder for the result file; default: bench/results of the clone")
  String results;

  @Parameter(names = "--processes", order = 3, description = "Processes with a pipe each")
  int processes = 200;

  @Parameter(names = "--hanging", order = 4, description = "Of these, how many never answer")
  int hanging = 10;

  @Parameter(names = "--requests", order = 5, description = "Requests of each kind")
  int requests = 30;

  @Override
  protected void check() throws UsageException {
    if (processes < 1 || processes > 1000) {
      throw new UsageException("--processes: not from 1 to 1000: \"" + processes + '"');
    }
    if (hanging < 0 || hanging >= processes) {
      throw new UsageException("--hanging: not from 0 to --processes: \"" + hanging + '"');
    }
    if (requests < 1 || requests > 1000) {
      throw new UsageException("--requests: not from 1 to 1000: \"" + requests + '"');
    }
  }
}
