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
    out.printf("delivered  %,d measurements%n", tally.delivered());
    out.printf("lost       %,d%n", tally.lost().values().stream().mapToLong(Long::longValue).sum());
    for (Map.Entry<String, Long> lost : tally.lost().entrySet()) {
      if (lost.getValue() > 0) out.printf("  %-24s %,d%n", lost.getKey(), lost.getValue());
    }
    List<Refused> refused = table.refused(mostRefused);
    if (!refused.isEmpty()) out.println("refused last");
    for (Refused each : refused) out.println("  " + each.measurement() + ": " + each.reason());
  }
}
