package io.zibrato.backends;

import io.zibrato.meter.SeriesType;
import io.zibrato.wire.Frame;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The gauge values of one instance and level: each window once, whichever frames repeat it. */
final class GaugeWindows {
  /*
   * Frames repeat a window only so often, and a definition that was lost may take longer to come again. So a window with an id that nobody has
   * defined yet waits here, whole, until somebody has; all that wait, of all instances, are bounded.
   */
  private final BookedSeries series;
  private final Budget waitingBudget;
  private final LossTally losses;
  private final WindowLog taken;
  private final List<Frame.GaugeWindow> waiting = new ArrayList<>();

  /**
   * @param fromFirst windows since the instance's first are all expected
   */
  GaugeWindows(BookedSeries series, Budget waitingBudget, LossTally losses, boolean fromFirst) {
    this.series = series;
    this.waitingBudget = waitingBudget;
    this.losses = losses;
    this.taken = new WindowLog(fromFirst);
  }

  GaugeWindows(BookedSeries series, Budget waitingBudget, LossTally losses, DataInputStream in)
      throws IOException {
    this.series = series;
    this.waitingBudget = waitingBudget;
    this.losses = losses;
    this.taken = new WindowLog(in);
    for (int left = in.readInt(); left > 0; left--) {
      long number = in.readLong();
      List<Frame.GaugeValue> values = new ArrayList<>();
      for (int more = in.readInt(); more > 0; more--) {
        values.add(new Frame.GaugeValue(in.readInt(), in.readLong(), in.readDouble()));
      }
      await(new Frame.GaugeWindow(number, values));
    }
  }

  void save(DataOutputStream out) throws IOException {
    taken.save(out);
    out.writeInt(waiting.size());
    for (Frame.GaugeWindow window : waiting) {
      out.writeLong(window.window());
      out.writeInt(window.values().size());
      for (Frame.GaugeValue value : window.values()) {
        out.writeInt(value.id());
        out.writeLong(value.epochMillis());
        out.writeDouble(value.value());
      }
    }
  }

  /** Of these windows, all but the newest were there before us. */
  void joinAt(List<Frame.GaugeWindow> windows) {
    for (int i = 0; i < windows.size() - 1; i++) taken.take(windows.get(i).window());
  }

  /**
   * Books the windows that are new.
   *
   * @param definedAll no definition is to come that is not here, so that no window need wait
   * @return false if a definition is missing
   */
  boolean book(List<Frame.GaugeWindow> windows, boolean definedAll, Consumer<Measurement> sink) {
    bookWaiting(definedAll, sink);
    for (Frame.GaugeWindow window : windows) {
      if (taken.isTaken(window.window())) continue;
      // Windows are numbered without gaps, so one that no frame repeats any more is known by that.
      long missed = taken.missedBefore(window.window());
      if (missed > 0) losses.add(Loss.GAUGE_WINDOW, missed, () -> "the frames of these windows");
      taken.take(window.window());
      if (definedAll || isDefined(window)) book(window, sink);
      else await(window);
    }
    return waiting.isEmpty();
  }

  private void bookWaiting(boolean definedAll, Consumer<Measurement> sink) {
    waiting.removeIf(
        window -> {
          if (!definedAll && !isDefined(window)) return false;
          waitingBudget.giveBack(window.values().size());
          book(window, sink);
          return true;
        });
  }

  private boolean isDefined(Frame.GaugeWindow window) {
    for (Frame.GaugeValue value : window.values()) {
      if (series.get(value.id()) == null) return false;
    }
    return true;
  }

  private void await(Frame.GaugeWindow window) {
    int size = window.values().size();
    if (waitingBudget.take(size)) waiting.add(window);
    else losses.add(Loss.GAUGE_UNDEFINED, size, () -> "too many wait for their definition");
  }

  private void book(Frame.GaugeWindow window, Consumer<Measurement> sink) {
    for (Frame.GaugeValue value : window.values()) {
      Booked booked = series.get(value.id());
      if (booked == null) {
        losses.add(Loss.SERIES_CAP, 1, () -> "id " + value.id());
      } else if (booked.type != SeriesType.GAUGE) {
        losses.add(Loss.WRONG_TYPE, 1, () -> "GAUGE value of " + booked.key);
      } else {
        sink.accept(new GaugeValue(booked.key, value.epochMillis(), value.value()));
      }
    }
  }

  /** Nothing more comes: what waits is lost. */
  void giveUp() {
    for (Frame.GaugeWindow window : waiting) {
      int size = window.values().size();
      waitingBudget.giveBack(size);
      losses.add(Loss.GAUGE_UNDEFINED, size, () -> "their definition never came");
    }
    waiting.clear();
  }
}
