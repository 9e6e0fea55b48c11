package io.zibrato.chaos;

import com.beust.jcommander.Parameter;
import io.zibrato.daemon.Flags;
import io.zibrato.daemon.UsageException;
import java.util.ArrayList;
import java.util.List;

/** The command line of the harness. */
final class ChaosFlags extends Flags {
  private static final double MOST_MINUTES = 7 * 24 * 60;

  @Parameter(names = "--minutes", description = "How long faults are made, fractions allowed")
  double minutes = 5;

  @Parameter(
      names = "--seed",
      description = "What the faults are drawn from (default: a new one, which is printed)")
  Long seed;

  @Parameter(
      names = "--only",
      description = "Kinds of fault, separated by commas (default: all that can be had here)")
  String only;

  @Parameter(
      names = "--results",
      description = "Folder that the summary is written to (default: none is)")
  String results;

  @Parameter(names = "--keep", description = "Keep what the processes said and wrote")
  boolean keep;

  @Parameter(
      names = "--home",
      description = "Where Zibrato was built (default: the working directory)")
  String home = "";

  private final List<String> kinds = new ArrayList<>();

  @Override
  protected void check() throws UsageException {
    if (!(minutes > 0) || minutes > MOST_MINUTES) {
      throw new UsageException("--minutes: not above 0, and at most a week: \"" + minutes + '"');
    }
    if (only == null) return;
    for (String kind : only.split(",", -1)) {
      if (!Faults.ALL.contains(kind)) {
        throw new UsageException("--only: not one of " + Faults.ALL + ": \"" + kind + '"');
      }
      kinds.add(kind);
    }
  }

  /** Of faults; all, if none is named. */
  List<String> kinds() {
    return kinds.isEmpty() ? Faults.ALL : kinds;
  }
}
