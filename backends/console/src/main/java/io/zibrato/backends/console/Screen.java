package io.zibrato.backends.console;

import io.zibrato.backends.Snapshot;
import io.zibrato.daemon.Command;
import java.io.PrintStream;
import java.time.Duration;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The table on the terminal's other screen, which is left as it was: no setting of the terminal is
 * touched but that screen, the cursor's being seen and the breaking of long lines. One thread
 * prints, and may be kept waiting by the terminal.
 */
final class Screen implements View {
  private static final String ENTER = "\033[?1049h\033[?25l\033[?7l";
  private static final String LEAVE = "\033[?7h\033[?25h\033[?1049l";
  private static final String HEADING = "\033[7m";
  private static final String PLAIN = "\033[0m";
  private static final String ERASE =
      "\033[K"; // before a text: after a full one, it takes the last column
  private static final String NEXT = "\r\n" + ERASE;
  private static final Duration LEAVING = Duration.ofSeconds(1);

  private final PrintStream out;
  private final Command.Stop stop;
  private final Order order;
  private final Supplier<Terminal.Size> size;
  private final LongSupplier nanos;
  private final LiveRows rows;
  private final Warnings warnings = new Warnings();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(Screen::thread);
  private volatile String status = "connecting";
  private volatile String health = "";
  private boolean entered; // the clock's thread alone has it, as all that is printed

  Screen(
      PrintStream out,
      Command.Stop stop,
      Order order,
      Duration window,
      Supplier<Terminal.Size> size,
      LongSupplier nanos) {
    this.out = out;
    this.stop = stop;
    this.order = order;
    this.size = size;
    this.nanos = nanos;
    rows = new LiveRows(window, nanos.getAsLong());
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "zibrato-console-screen");
    thread.setDaemon(true);
    return thread;
  }

  /** Begins to draw, again and again. */
  void start(Duration pace) {
    warnings.start();
    clock.scheduleAtFixedRate(this::drawOrFail, 0, pace.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public void show(Snapshot snapshot) {
    rows.add(snapshot, nanos.getAsLong());
  }

  @Override
  public void connected(String endpoint) {
    status = "connected to " + endpoint;
  }

  @Override
  public void health(String address) {
    health = "  health at " + address;
  }

  private void drawOrFail() {
    try {
      draw();
    } catch (RuntimeException | Error e) { // an Error must end the process, not only the drawing
      stop.failed("the table cannot be drawn: " + e);
    }
  }

  void draw() {
    Terminal.Size now = size.get();
    List<Row> sorted = rows.sorted(order, nanos.getAsLong());
    print(text(sorted, now));
  }

  private String text(List<Row> sorted, Terminal.Size now) {
    StringBuilder text = new StringBuilder("\033[H" + ERASE);
    String time = LocalTime.now().truncatedTo(ChronoUnit.SECONDS).toString();
    text.append(Text.fit("zibrato  " + time + "  " + status + health, now.columns()));
    if (now.lines() > 2) {
      List<String> lines = Table.lines(sorted, now.columns(), now.lines() - 2);
      text.append(NEXT).append(HEADING).append(lines.get(0)).append(PLAIN);
      for (String line : lines.subList(1, lines.size())) text.append(NEXT).append(line);
      for (int i = lines.size(); i < now.lines() - 2; i++) text.append(NEXT);
      text.append(NEXT).append(Text.fit(foot(sorted.size(), lines.size() - 1), now.columns()));
    }
    return text.append("\033[J").toString();
  }

  private String foot(int series, int shown) {
    StringBuilder foot = new StringBuilder(Text.count(series)).append(" series");
    if (shown < series) foot.append(", ").append(Text.count(shown)).append(" shown");
    if (rows.forgotten() > 0) foot.append(", ").append(rows.forgotten()).append(" forgotten");
    String warning = warnings.last();
    return warning.isEmpty() ? foot.toString() : foot + "  " + warning;
  }

  private void print(String text) {
    out.print(entered ? text : ENTER + text);
    entered = true;
    if (out.checkError()) stop.failed("standard output is closed");
  }

  private void leave() {
    if (!entered) return;
    out.print(LEAVE);
    out.flush();
  }

  @Override
  public synchronized void close() {
    if (clock.isShutdown()) return;
    clock.execute(this::leave); // the last thing that it does
    clock.shutdown();
    try {
      clock.awaitTermination(LEAVING.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      warnings.close();
    }
  }
}
