package io.zibrato.backends;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What counters and timers have come to in a step of time, for services that keep one value for
 * each series and step, the last they hear: however many intervals end in one, what is sent last
 * has all of it. Kept in {@code steps.db} beside the worker's state, so that it goes on over
 * restarts.
 *
 * <p>A backend adds each snapshot as it is flushed, as often as it likes: an interval is added to a
 * series once, whether it comes again after a failure, after a kill, or in other parts, and what
 * comes out is the same then. Snapshots come in the order of their intervals, as the worker
 * delivers them.
 *
 * <p>An interval's step is the one that it ended in. Only of the last is it known what came to it:
 * when the clock was put back into steps before, it is the last one still, or the first that is
 * free, until the clock has caught up. A file that cannot be read is put aside, and a new one
 * begun.
 *
 * <p>It holds no series in memory, so it takes any number. Any thread.
 */
public final class StepTotals implements Closeable {
  private final int stepSeconds;
  private final StateFile file;
  private Steps steps; // as the file has them; guarded by this

  /**
   * A snapshot as it goes into its step.
   *
   * @param second the step's first, since 1970
   * @param totals counters and timers as they have come to in the step; gauges as they were
   */
  public record Step(long second, Snapshot totals) {}

  private StepTotals(int stepSeconds, StateFile file, Steps steps) {
    this.stepSeconds = stepSeconds;
    this.file = file;
    this.steps = steps;
  }

  /**
   * Opens the totals; to be called once the worker has its state, from {@link Backend#connect}.
   *
   * @param folder the worker's state
   * @param stepSeconds how long a step is, 1 or more; not always the same in all runs
   * @throws IOException with a message for the user
   */
  public static StepTotals open(Path folder, int stepSeconds) throws IOException {
    if (stepSeconds < 1) throw new IllegalArgumentException("stepSeconds < 1: " + stepSeconds);
    StateFile file = StateFile.open(folder, StepTable.LAYOUT);
    try {
      Steps steps =
          file.transaction(
              connection -> {
                try (StepTable table = new StepTable(connection)) {
                  return table.steps(stepSeconds);
                }
              });
      return new StepTotals(stepSeconds, file, steps);
    } catch (SQLException e) {
      file.close();
      throw new IOException("cannot read " + file.file() + ": " + e.getMessage(), e);
    }
  }

  /**
   * Adds what of the snapshot has not been added.
   *
   * @throws RetryException if the disk does not take it; nothing is added then
   */
  public synchronized Step add(Snapshot part) throws RetryException {
    if (part.counters().isEmpty() && part.timers().isEmpty()) {
      return new Step(Steps.firstSecond(part.endMillis(), stepSeconds), part);
    }
    Steps given = steps.giveTo(part);
    try {
      Snapshot totals =
          file.transaction(
              connection -> {
                try (StepTable table = new StepTable(connection)) {
                  if (given.second() != steps.second()) table.forgetTotals();
                  if (given != steps) table.write(given);
                  return add(table, part);
                }
              });
      steps = given;
      return new Step(given.second(), totals);
    } catch (SQLException e) {
      String message = file.file() + " cannot be written: " + e.getMessage();
      throw new RetryException(message, Duration.ZERO, false, e);
    }
  }

  private static Snapshot add(StepTable table, Snapshot part) throws SQLException {
    List<CounterTotal> counters = new ArrayList<>();
    List<TimerTotal> timers = new ArrayList<>();
    for (CounterTotal each : part.counters()) counters.add((CounterTotal) table.add(each, part));
    for (TimerTotal each : part.timers()) timers.add((TimerTotal) table.add(each, part));
    return new Snapshot(
        part.id(), part.startMillis(), part.endMillis(), counters, timers, part.gauges());
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
