package io.zibrato.statvent;

import io.zibrato.meter.Meters;
import io.zibrato.transport.SettingSources;
import io.zibrato.transport.Settings;
import java.nio.file.Path;
import java.util.Map;

/**
 * Records numbers by name, and tells them to whoever reads this process's named pipe.
 *
 * <pre>{@code
 * Stats.incr("orders");
 * Stats.set("users logged in", 17);
 * Stats.record("query {0} ms", 12.5);
 * Stats.startRecorder();
 * }</pre>
 *
 * <p>and then {@code cat /tmp/stats-pipe/PID.stats} shows
 *
 * <pre>
 * orders: 42
 * query median ms: 12.500000
 * </pre>
 *
 * <p>Whole numbers stay whole; a float makes a number a float, until it is set to a whole one. A
 * name is any text without line breaks; one with a line break, or null, is an exception. Recording:
 * any thread, never waits; with the names of a process known, increments and records do not
 * allocate. NaN and infinities are not recorded, and counted; so are values of names beyond 10 000,
 * whose increments are summed up in {@code zibrato.overflow}. Nothing starts unless it is asked
 * for.
 *
 * <p>{@link Group} has the form of what the pipe tells; the package's Python original is dowski's
 * statvent.
 */
public final class Stats {
  private static final StatTable TABLE = new StatTable();
  private static final Listing LISTING = new Listing(TABLE);
  private static final Recording RECORDING = new Recording(LISTING);

  private Stats() {}

  public static void incr(String name) {
    TABLE.incr(name, 1);
  }

  /** Adds to a number, which begins with 0. */
  public static void incr(String name, long n) {
    TABLE.incr(name, n);
  }

  /** Adds to a number, which begins with 0, and is a float from then on. */
  public static void incr(String name, double n) {
    TABLE.incr(name, n);
  }

  public static void set(String name, long value) {
    TABLE.set(name, value);
  }

  public static void set(String name, double value) {
    TABLE.set(name, value);
  }

  /**
   * Puts a value among the newest of that name, of which {@link Percentiles} are told.
   *
   * @param name has {@code {0}} in it, where the label comes, such as {@code median}
   */
  public static void record(String name, long value) {
    TABLE.record(name, value, Labeller.PLACEHOLDER);
  }

  /** As above. One float makes all that is told of the name floats. */
  public static void record(String name, double value) {
    TABLE.record(name, value, Labeller.PLACEHOLDER);
  }

  /**
   * As above, with names of your own for what is calculated.
   *
   * @param labeller counts the first time that the name is recorded
   */
  public static void record(String name, long value, Labeller labeller) {
    TABLE.record(name, value, labeller);
  }

  /**
   * As above, with names of your own for what is calculated.
   *
   * @param labeller counts the first time that the name is recorded
   */
  public static void record(String name, double value, Labeller labeller) {
    TABLE.record(name, value, labeller);
  }

  /**
   * Says how all recorded values are kept and told.
   *
   * @param calculator default {@link Calculator#PERCENTILES}; what another one says can be merged
   *     with nothing of other processes
   * @param window newest values kept of each name, 1 to 100 000. Default 100
   */
  public static void calculate(Calculator calculator, int window) {
    TABLE.rules(calculator, window);
  }

  /**
   * All that was recorded, as it is now: {@link Long} or {@link Double} by name, in the order of
   * the alphabet.
   */
  public static Map<String, Number> getAll() {
    return LISTING.recorded();
  }

  /**
   * Makes the named pipe {@code PID.stats} in the folder that the setting {@code
   * zibrato.statvent.pipe-dir} names, {@code /tmp/stats-pipe} if it is not set, and one daemon
   * thread that writes all numbers to each reader. The second call does nothing.
   *
   * <p>Does not wait for the pipe, and does not fail: where none can be made, that is said in the
   * log. The pipe is removed when the process ends, unless it is killed.
   */
  public static void startRecorder() {
    RECORDING.start(
        () -> SettingSources.one("statvent.pipe-dir", Settings.PIPE_DIR, Settings::folder));
  }

  /** Removes the pipe, unless meters are told there too; it may be started again. */
  public static void stopRecorder() {
    RECORDING.stop();
  }

  /** Lists these meters too, and makes the pipe if there is none. For the facade. */
  public static void list(Meters meters, Path pipeDir) {
    RECORDING.list(meters, () -> pipeDir);
  }

  /** Lists these meters no more, and removes the pipe if nobody else has asked for it. */
  public static void unlist(Meters meters) {
    RECORDING.unlist(meters);
  }
}
