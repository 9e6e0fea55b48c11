package io.zibrato.transport;

import io.zibrato.meter.Meter;
import io.zibrato.meter.Series;
import io.zibrato.wire.Frame;
import java.util.ArrayList;
import java.util.List;

/** Spreads a round over as many frames as it takes to keep each well below the largest message. */
final class FrameSplitter {
  /*
   * Sizes are upper bounds: five bytes an id, nine an integer, five a text beside its own. Gauge windows all go into one frame, since a window is passed over
   * when a later one was seen; what is left of a frame's bytes is for the rest.
   */
  static final int PART_BYTES = 256 << 10;

  static final class Part {
    final List<Frame.Definition> definitions = new ArrayList<>();
    final List<Frame.CounterValue> counters = new ArrayList<>();
    final List<Frame.TimerValue> timers = new ArrayList<>();
    final List<Frame.GaugeWindow> windows = new ArrayList<>();
    final List<Sent> sent = new ArrayList<>();
    private int bytes;
  }

  private final List<Part> parts = new ArrayList<>(List.of(new Part()));
  private Part windowsPart;

  void definition(Meter meter) {
    Series series = meter.series();
    int bytes = 15 + bytes(series.name()) + bytes(series.source());
    for (var tag : series.tags().entrySet()) bytes += bytes(tag.getKey()) + bytes(tag.getValue());
    part(bytes).definitions.add(new Frame.Definition(meter.id(), series));
  }

  private static int bytes(String text) {
    int bytes = 5 + text.length();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      bytes += c < 0x80 ? 0 : c < 0x800 ? 1 : 2;
    }
    return bytes;
  }

  void window(Frame.GaugeWindow window) {
    if (windowsPart == null) windowsPart = part(0);
    windowsPart.windows.add(window);
    windowsPart.bytes += 16 + 25 * window.values().size();
  }

  void counter(Frame.CounterValue counter, Sent sent) {
    Part part = part(15);
    part.counters.add(counter);
    part.sent.add(sent);
  }

  void timer(Frame.TimerValue timer, Sent sent) {
    Part part = part(50 + 12 * timer.histogram().size());
    part.timers.add(timer);
    part.sent.add(sent);
  }

  List<Part> parts() {
    return parts;
  }

  private Part part(int bytes) {
    Part part = parts.get(parts.size() - 1);
    if (part.bytes > 0 && part.bytes + bytes > PART_BYTES) {
      part = new Part();
      parts.add(part);
    }
    part.bytes += bytes;
    return part;
  }
}
