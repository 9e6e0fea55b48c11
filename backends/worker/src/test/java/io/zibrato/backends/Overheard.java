package io.zibrato.backends;

import io.zibrato.meter.Series;
import io.zibrato.transport.SocketGuards;
import io.zibrato.wire.Frame;
import io.zibrato.wire.MalformedFrameException;
import io.zibrato.wire.Message;
import io.zibrato.wire.Topic;
import io.zibrato.wire.Upstream;
import java.io.Closeable;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/** What all processes of a broker say of themselves, as they said it last. For one thread. */
final class Overheard implements Closeable {
  private final ZContext context = new ZContext();
  private final ZMQ.Socket socket;
  private final Map<UUID, Map<Integer, Series>> definitions = new HashMap<>();
  private final Map<String, Double> last = new HashMap<>();

  Overheard(int workerPort) {
    socket = SocketGuards.guard(context.createSocket(SocketType.XSUB), Message.MAX_BYTES, 10_000);
    socket.connect("tcp://127.0.0.1:" + workerPort);
    socket.send(new Upstream.Subscription(true, Topic.ofFrames("zibrato")).encode());
  }

  /**
   * The last value of a series: a counter's sum or a gauge's number; 0 if there was none.
   *
   * @param name with its tags, as {@code lost{cause=x}}
   */
  double of(String source, String name) {
    listen();
    return last.getOrDefault(source + ' ' + name, 0.0);
  }

  /** The sum of all series of one name, of which the tag has the value. */
  double sum(String source, String name, String tag) {
    listen();
    return last.entrySet().stream()
        .filter(each -> each.getKey().startsWith(source + ' ' + name + '{'))
        .filter(each -> each.getKey().contains(tag))
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }

  /** As {@link #of}, of a series named in full, and as it was when last listened. */
  double last(String series) {
    return last.getOrDefault(series, 0.0);
  }

  void listen() {
    for (byte[] bytes; (bytes = socket.recv(ZMQ.DONTWAIT)) != null; ) {
      try {
        if (Message.decode(bytes) instanceof Frame frame) take(frame);
      } catch (MalformedFrameException e) {
        throw new AssertionError(e);
      }
    }
  }

  private void take(Frame frame) {
    Map<Integer, Series> known =
        definitions.computeIfAbsent(frame.instance(), unused -> new HashMap<>());
    for (Frame.Definition each : frame.definitions()) known.put(each.id(), each.series());
    for (Frame.CounterValue each : frame.counters()) take(known.get(each.id()), each.sum());
    for (Frame.GaugeWindow window : frame.gauges()) {
      for (Frame.GaugeValue each : window.values()) take(known.get(each.id()), each.value());
    }
  }

  private void take(Series series, double value) {
    if (series == null) return;
    String tags = series.tags().isEmpty() ? "" : series.tags().toString();
    last.put(series.source() + ' ' + series.name() + tags, value);
  }

  @Override
  public void close() {
    context.close();
  }

  @Override
  public String toString() {
    return new TreeMap<>(last).toString();
  }
}
