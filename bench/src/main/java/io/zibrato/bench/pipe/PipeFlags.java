package io.zibrato.bench.pipe;

import com.beust.jcommander.Parameter;
import io.zibrato.daemon.Flags;
import io.zibrato.daemon.UsageException;
import java.util.List;

/** The command line of {@code ./zibrato bench pipe}. */
final class PipeFlags extends Flags {
  static final String FORWARDING = "forwarding";
  static final String END_TO_END = "end-to-end";
  static final String SERIES = "series";
  private static final List<String> PARTS = List.of(FORWARDING, END_TO_END, SERIES);

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

  @Parameter(
      names = "--only",
      order = 5,
      description = "One of forwarding, end-to-end, series; default: all of them")
  String only;

  boolean wants(String part) {
    return only == null || only.equals(part);
  }

  @Override
  protected void check() throws UsageException {
    if (seconds < 1 || seconds > 3600) {
      throw new UsageException("--seconds: not from 1 to 3600: \"" + seconds + '"');
    }
    if (only != null && !PARTS.contains(only)) {
      throw new UsageException("--only: not one of " + PARTS + ": \"" + only + '"');
    }
  }
}
