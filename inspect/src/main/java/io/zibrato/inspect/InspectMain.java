package io.zibrato.inspect;

import io.zibrato.daemon.Command;
import io.zibrato.daemon.UsageException;
import java.io.IOException;
import java.io.PrintStream;

/**
 * {@code ./zibrato inspect}. Exit code 0: inspected, and nothing found that was asked to fail for;
 * 1: such a thing was found, or something failed; 2: bad usage.
 */
public final class InspectMain {
  private InspectMain() {}

  public static void main(String[] args) {
    System.exit(run(args, System.out, System.err));
  }

  static int run(String[] args, PrintStream out, PrintStream err) {
    return Command.ofTask("zibrato-inspect", new InspectFlags(), InspectMain::inspect)
        .run(args, out, err);
  }

  private static int inspect(InspectFlags flags, PrintStream out, Command.Asked asked)
      throws IOException, UsageException {
    Findings findings = Inspection.of(flags.paths, flags.classPath(), asked);
    if (flags.json) JsonReport.print(findings, out);
    else TextReport.print(findings, out);
    boolean failed =
        (flags.failOnUnwoven && findings.of(Woven.NO) > 0)
            || (flags.failOnWarnings && !findings.warnings().isEmpty());
    return failed ? Command.FAILED : Command.STOPPED;
  }
}
