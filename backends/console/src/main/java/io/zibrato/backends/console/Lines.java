package io.zibrato.backends.console;

import io.zibrato.backends.CounterTotal;
import io.zibrato.backends.GaugeValue;
import io.zibrato.backends.SeriesKey;
import io.zibrato.backends.Snapshot;
import io.zibrato.backends.SnapshotJson;
import io.zibrato.backends.TimerTotal;
import io.zibrato.daemon.Command;
import io.zibrato.meter.Histogram;
import java.io.PrintStream;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A line a measurement, or a line of JSON an interval. Without a reader, the process ends. */
final class Lines implements View {
  private final PrintStream out;
  private final Consumer<String> announce;
  private final Command.Stop stop;
  private final boolean json;

  Lines(PrintStream out, Consumer<String> announce, Command.Stop stop, boolean json) {
    this.out = out;
    this.announce = announce;
    this.stop = stop;
    this.json = json;
  }

  @Override
  public void show(Snapshot snapshot) {
    out.append(json ? SnapshotJson.line(snapshot) + '\n' : plain(snapshot));
    if (out.checkError()) stop.failed("standard output is closed");
  }

  private static String plain(Snapshot snapshot) {
    StringBuilder lines = new StringBuilder();
    double seconds = Math.max(1, snapshot.endMillis() - snapshot.startMillis()) / 1000.0;
    for (CounterTotal counter : snapshot.counters()) {
      begin(lines, snapshot.endMillis(), "counter", counter.key());
      lines.append(" count=").append(counter.sum());
      lines.append(" rate=").append((float) (counter.sum() / seconds)).append('\n');
    }
    for (TimerTotal timer : snapshot.timers()) {
      begin(lines, snapshot.endMillis(), "timer", timer.key());
      lines.append(" count=").append(timer.count());
      lines.append(" rate=").append((float) (timer.count() / seconds));
      if (timer.timed() > 0) times(lines, timer);
      lines.append('\n');
    }
    for (GaugeValue gauge : snapshot.gauges()) {
      begin(lines, gauge.epochMillis(), "gauge", gauge.key());
      lines.append(" value=").append(gauge.value()).append('\n');
    }
    return lines.toString();
  }

  private static void times(StringBuilder lines, TimerTotal timer) {
    Histogram histogram = timer.histogram();
    lines.append(" mean=").append((float) (timer.sumNanos() / 1e9 / timer.timed()));
    lines.append(" p50=").append((float) (histogram.quantileNanos(0.5) / 1e9));
    lines.append(" p95=").append((float) (histogram.quantileNanos(0.95) / 1e9));
    lines.append(" p99=").append((float) (histogram.quantileNanos(0.99) / 1e9));
    lines.append(" max=").append((float) (timer.mostNanos() / 1e9));
  }

  private static void begin(StringBuilder lines, long millis, String kind, SeriesKey key) {
    lines.append(Instant.ofEpochMilli(millis)).append(' ').append(kind);
    word(lines.append(" name="), key.name());
    word(lines.append(" source="), key.source());
    for (Map.Entry<String, String> tag : new TreeMap<>(key.tags()).entrySet()) {
      word(lines.append(" tag:"), tag.getKey());
      word(lines.append('='), tag.getValue());
    }
  }

  /** In quotes, and escaped as in JSON, unless it is one word of plain characters. */
  private static void word(StringBuilder lines, String text) {
    if (text.matches("[A-Za-z0-9._/:-]+")) {
      lines.append(text);
      return;
    }
    lines.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') lines.append('\\').append(c);
      else if (c < 0x20 || c >= 0x7f) lines.append(String.format("\\u%04x", (int) c));
      else lines.append(c);
    }
    lines.append('"');
  }

  @Override
  public void connected(String endpoint) {
    announce.accept("worker for console connected to " + endpoint);
  }

  @Override
  public void health(String address) {
    announce.accept("health at " + address);
  }

  /** All that was shown is out, or somebody waits in there until it is read. */
  @Override
  public void close() {}
}
