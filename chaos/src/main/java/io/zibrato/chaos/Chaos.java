package io.zibrato.chaos;

import io.zibrato.daemon.Command;
import io.zibrato.processes.Children;
import io.zibrato.processes.Installation;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.stream.Stream;

/**
 * Rounds of one to three faults that overlap. After each round all faults have ended, and all that
 * the applications have counted by then has to arrive within ten seconds. At the end everything has
 * to, and the oracle gives its verdict.
 */
final class Chaos implements AutoCloseable {
  static final int PUBLISH_MILLIS = 500;

  /**
   * What was counted so long before all was still well has arrived: a publish interval, and then
   * some.
   */
  static final long SURE_MILLIS = 2 * PUBLISH_MILLIS;

  /**
   * How long a worker that is to die at a step may take to get there, once other faults are over.
   */
  static final long STEP_MILLIS = 5_000;

  static final long RECOVERY_MILLIS = 10_000;
  private static final int MOST_FAULTS = 3;
  private static final int MOST_DELAY_MILLIS = 2_000;
  private static final int LEAST_MILLIS = 300;
  private static final int MOST_MILLIS = 6_000;
  private static final long LATE_MILLIS = 90_000;
  private static final long ANSWER_MILLIS = 20_000;

  private final ChaosFlags flags;
  private final PrintStream out;
  private final Children children;
  private final Command.Asked asked;
  private final long seed;
  private final Random random;
  private final Path dir;
  private final Field field;
  private final Watch watch;
  private final Faults faults;
  private final Summary summary;
  private long wellUntilNanos;
  private boolean well = true;
  private boolean holds;

  Chaos(ChaosFlags flags, PrintStream out, Children children, Command.Asked asked)
      throws IOException, InterruptedException {
    this.flags = flags;
    this.out = out;
    this.children = children;
    this.asked = asked;
    this.seed = flags.seed == null ? new Random().nextInt(Integer.MAX_VALUE) : flags.seed;
    this.random = new Random(seed);
    this.dir = Files.createTempDirectory("zibrato-chaos-");
    Installation installation = new Installation(Path.of(flags.home).toAbsolutePath().normalize());
    this.field = new Field(installation, children, dir, seed);
    this.watch = new Watch(field);
    this.faults = new Faults(field, random, this::wellUntilNanos);
    this.summary = new Summary(seed, flags);
  }

  private long wellUntilNanos() {
    return well ? System.nanoTime() : wellUntilNanos;
  }

  /** Returns whether all held. */
  boolean run() throws IOException, InterruptedException {
    List<String> kinds = new ArrayList<>(flags.kinds());
    kinds.retainAll(faults.kinds());
    List<String> missing = new ArrayList<>(flags.kinds());
    missing.removeAll(kinds);
    say("seed " + seed + ", faults " + kinds + (missing.isEmpty() ? "" : ", not here: " + missing));
    summary.missing(missing);
    if (kinds.isEmpty()) throw new IOException("none of these faults can be had here");
    field.start();
    recover("start");
    long untilNanos = System.nanoTime() + (long) (flags.minutes * 60e9);
    for (int round = 1; System.nanoTime() - untilNanos < 0 && !asked.await(0); round++) {
      round(round, kinds);
    }
    holds = finish();
    return holds;
  }

  private void round(int number, List<String> kinds) throws IOException, InterruptedException {
    List<Event> events = draw(kinds);
    long start = System.nanoTime();
    for (Event event : events) {
      long left = event.millis - (System.nanoTime() - start) / 1_000_000;
      while (left > 0) {
        Thread.sleep(Math.min(left, 500));
        watch.look();
        left = event.millis - (System.nanoTime() - start) / 1_000_000;
      }
      if (event.begins) {
        say(String.format(Locale.ROOT, "round %d: %s", number, event.fault.name()));
        summary.fault(event.fault.kind());
        if (well && !event.fault.kind().equals("kill-application")) notWell();
        event.fault.begin().run();
        notWell();
      } else {
        event.fault.end().run();
      }
    }
    recover("round " + number);
  }

  private void notWell() {
    if (well) wellUntilNanos = System.nanoTime();
    well = false;
  }

  private record Event(long millis, boolean begins, Fault fault) {}

  private List<Event> draw(List<String> kinds) {
    List<Event> events = new ArrayList<>();
    List<String> touched = new ArrayList<>();
    int count = 1 + random.nextInt(MOST_FAULTS);
    for (int i = 0; i < count; i++) {
      Fault fault = faults.draw(kinds);
      if (fault.touches().stream().anyMatch(touched::contains)) continue;
      touched.addAll(fault.touches());
      long begin = random.nextInt(MOST_DELAY_MILLIS);
      long end = begin + LEAST_MILLIS + random.nextInt(MOST_MILLIS - LEAST_MILLIS);
      events.add(new Event(begin, true, fault));
      events.add(new Event(end, false, fault));
    }
    events.sort(Comparator.comparingLong(Event::millis));
    return events;
  }

  /** Waits until all that was counted by now is there. */
  private void recover(String what) throws IOException, InterruptedException {
    supervise();
    children.check();
    String answer = await(RECOVERY_MILLIS);
    boolean late = answer.startsWith("late");
    long millis = millis(answer);
    if (late) {
      say(what + ": not all was there after " + RECOVERY_MILLIS + " ms");
      children.check();
      answer = await(LATE_MILLIS);
      millis += millis(answer);
      say(what + ": " + answer);
    }
    summary.recovered(what, millis, late, answer.startsWith("late"));
    say(String.format(Locale.ROOT, "%s: all there after %.1f s", what, millis / 1e3));
    watch.look();
    well = true;
  }

  /** Starts those again that could not live, as on a full disk. */
  private void supervise() throws IOException {
    for (Role role : field.roles()) {
      if (!role.child().isOver()) continue;
      say(role.runName() + " had ended with " + role.child().exitCode() + ", and is started again");
      role.start();
    }
  }

  private String await(long millis) throws IOException, InterruptedException {
    field.oracle().tell("await " + millis);
    while (true) {
      Matcher line = field.oracle().answer(".*", millis + ANSWER_MILLIS);
      if (line.group().startsWith(":")) return line.group().substring(1);
      say("  missing: " + line.group());
    }
  }

  private static long millis(String answer) {
    return Long.parseLong(answer.substring(answer.indexOf(' ') + 1));
  }

  private boolean finish() throws IOException, InterruptedException {
    say("the applications stop");
    field.stopApplications();
    String answer = await(LATE_MILLIS);
    field.stopWorkers();
    say("at the end: " + answer);
    field.oracle().tell("verdict");
    List<String> lines = new ArrayList<>();
    while (true) {
      String line = field.oracle().answer(".*", ANSWER_MILLIS).group();
      if (line.startsWith(":")) {
        boolean held = line.equals(":holds") && !answer.startsWith("late");
        summary.verdict(lines, held, field, watch);
        break;
      }
      lines.add(line);
    }
    summary.lines().forEach(out::println);
    out.flush();
    if (flags.results != null) out.println("written to " + summary.write(Path.of(flags.results)));
    return summary.holds();
  }

  private void say(String text) {
    String time = LocalTime.now().truncatedTo(ChronoUnit.SECONDS).toString();
    out.println(time + ' ' + text);
    out.flush();
    summary.log(time + ' ' + text);
  }

  /** What the processes said and wrote is kept unless all held. */
  @Override
  public void close() throws IOException {
    boolean gone = holds && !flags.keep;
    if (!gone) out.println("What the processes said and wrote is in " + dir);
    try {
      field.close();
    } finally {
      if (gone) delete(dir);
    }
  }

  private static void delete(Path dir) throws IOException {
    try (Stream<Path> paths = Files.walk(dir)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) Files.delete(path);
    }
  }
}
