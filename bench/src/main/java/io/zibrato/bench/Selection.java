package io.zibrato.bench;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * The benchmarks that a run measures.
 *
 * @param benchmarks their full names
 * @param names what is measured of them, as {@link Measured#name} says it
 */
record Selection(Set<String> benchmarks, Set<String> names) {
  private static final Pattern OURS = Pattern.compile("\\.calls\\.(CompileTime|LoadTime)\\.");
  private static final Pattern FLOORS = Pattern.compile("\\.calls\\.Floors\\.");

  /** Those in whose names the pattern is found, and the floors, should any of ours need them. */
  static Selection of(Pattern only) {
    List<BenchmarkListEntry> all = new ArrayList<>();
    OutputFormat silent =
        OutputFormatFactory.createFormatInstance(
            new PrintStream(OutputStream.nullOutputStream()), VerboseMode.SILENT);
    for (BenchmarkListEntry entry : BenchmarkList.defaultList().getAll(silent, List.of())) {
      if (Group.of(entry.getUsername()) != null) all.add(entry);
    }
    boolean ours =
        all.stream()
            .map(BenchmarkListEntry::getUsername)
            .anyMatch(name -> OURS.matcher(name).find() && only.matcher(name).find());
    Set<String> benchmarks = new TreeSet<>();
    Set<String> names = new LinkedHashSet<>();
    for (BenchmarkListEntry entry : all) {
      String benchmark = entry.getUsername();
      boolean floor = ours && FLOORS.matcher(benchmark).find();
      if (!floor && !only.matcher(benchmark).find()) continue;
      benchmarks.add(benchmark);
      String[] shapes = entry.getParams().orElse(Map.of()).get("shape");
      if (shapes == null) names.add(Measured.name(benchmark, ""));
      else for (String shape : shapes) names.add(Measured.name(benchmark, shape));
    }
    return new Selection(benchmarks, names);
  }
}
