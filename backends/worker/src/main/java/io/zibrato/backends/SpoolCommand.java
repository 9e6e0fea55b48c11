package io.zibrato.backends;

import com.beust.jcommander.Parameter;
import io.zibrato.daemon.Command;
import io.zibrato.daemon.Flags;
import io.zibrato.daemon.UsageException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Shows what a worker holds, what the service refused, and what was lost; also while it runs. */
final class SpoolCommand {
  static final class SpoolFlags extends Flags {
    @Parameter(names = "--state", description = StateFolder.DESCRIPTION)
    String state;

    @Parameter(names = "--refused", description = "How many of those refused last to show")
    int refused = 20;

    @Override
    protected void check() throws UsageException {
      if (refused < 0) throw new UsageException("--refused: below 0: \"" + refused + '"');
    }
  }

  private SpoolCommand() {}

  static int run(String program, String service, String[] args) {
    return Command.ofTask(
            program + " spool",
            new SpoolFlags(),
            (flags, out, asked) -> {
              show(StateFolder.of(flags.state, service, System.getenv()), flags.refused, out);
              return Command.STOPPED;
            })
        .run(args, System.out, System.err);
  }

  private static void show(Path folder, int mostRefused, PrintStream out) throws IOException {
    try (Connection connection = StateFile.openToRead(folder)) {
      connection.setAutoCommit(false);
      show(connection, folder, mostRefused, out);
    } catch (SQLException e) {
      throw new IOException("cannot read the state in " + folder + ": " + e.getMessage(), e);
    }
  }

  private static void show(Connection connection, Path folder, int mostRefused, PrintStream out)
      throws SQLException {
    SpoolTable table = new SpoolTable(connection);
    SpoolTable.Totals held = table.totals();
    Tally tally = Tally.load(connection);
    out.println("state      " + folder);
    out.printf(
        "held       %,d measurements in %,d parts of %,d bytes, %,d of them in doubt%n",
        held.measurements(), held.parts(), held.bytes(), held.inDoubt());
    List<SpoolTable.Row> oldest = table.oldest(1);
    if (!oldest.isEmpty()) {
      out.println("oldest     " + Instant.ofEpochMilli(oldest.get(0).endMillis()));
    }
    out.println("since the state began");
    number("booked", tally.of(Tally.BOOKED), "measurements", out);
    number("merged", tally.of(Tally.MERGED), "of them with others of their interval", out);
    long leftOut = tally.of(Tally.LEFT_OUT);
    if (leftOut > 0) number("left out", leftOut, "of them not wanted for this service", out);
    number("closed", tally.of(Tally.CLOSED), "measurements in intervals that ended", out);
    number("delivered", tally.of(Tally.DELIVERED), "measurements", out);
    number(
        "ambiguous",
        tally.of(Tally.AMBIGUOUS),
        "requests repeated that the service may have taken the first time",
        out);
    lost("lost", tally.lost(), out);
    lost("lost by applications, as they say", tally.lostByApplications(), out);
    List<Refused> refused = table.refused(mostRefused);
    if (!refused.isEmpty()) out.println("refused last");
    for (Refused each : refused) out.println("  " + each.measurement() + ": " + each.reason());
  }

  private static void number(String name, long n, String unit, PrintStream out) {
    out.printf("  %-10s %,d %s%n", name, n, unit);
  }

  private static void lost(String title, Map<String, Long> byCause, PrintStream out) {
    boolean none = byCause.values().stream().allMatch(n -> n == 0);
    out.println(title + (none ? " nothing" : ""));
    byCause.forEach(
        (cause, n) -> {
          if (n > 0) out.printf("  %-24s %,d%n", cause, n);
        });
  }
}
