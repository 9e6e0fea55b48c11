package io.zibrato.bench.pipe;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;

/** One run of all that {@code ./zibrato bench pipe} measures. */
final class Pipe {
  private final PipeFlags flags;
  private final Clone clone;
  private final Report report;

  Pipe(PipeFlags flags, PrintStream out) {
    this.flags = flags;
    this.clone = new Clone(Path.of(flags.home).toAbsolutePath().normalize());
    this.report = new Report(out);
  }

  /** Returns whether all bounds hold; a quick run judges nothing, and they all do. */
  boolean run() throws IOException, InterruptedException {
    if (flags.wants(PipeFlags.FORWARDING)) new Forwarding(clone, report, flags).run();
    if (flags.wants(PipeFlags.END_TO_END)) new EndToEnd(clone, report, flags).run();
    if (flags.wants(PipeFlags.SERIES)) new ManySeries(clone, report, flags).run();
    report.write(results(), command(), flags.quick);
    return flags.quick || report.holds();
  }

  private Path results() {
    return flags.results == null ? clone.home().resolve("bench/results") : Path.of(flags.results);
  }

  private String command() {
    String length = flags.quick ? " --quick" : " --seconds " + flags.seconds;
    return "./zibrato bench pipe" + length + (flags.only == null ? "" : " --only " + flags.only);
  }
}
