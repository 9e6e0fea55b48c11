package io.zibrato.bench.pipe;

import io.zibrato.meter.Histogram;
import io.zibrato.meter.Series;
import io.zibrato.meter.SeriesType;
import io.zibrato.wire.Frame;
import io.zibrato.wire.Upstream;
import java.io.Closeable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/**
 * The worker side of a broker, behind which are applications with many series: each sends full
 * rounds, in which every series has grown. One thread.
 */
final class SeriesFeed implements Closeable {
  /** What one application has at the most, unless its user says otherwise. */
  static final int SERIES_OF_AN_APPLICATION = 10_000;

  private static final int SERIES_OF_A_FRAME = 2_500;
  private static final int TIMERS_OF_TEN = 2;
  private static final int BUCKETS = 30;
  private static final String LEVEL = "bench";

  private final ZContext context = new ZContext();
  private final ZMQ.Socket socket = context.createSocket(SocketType.XPUB);
  private final int series;
  private final List<UUID> instances = new ArrayList<>();
  private final long startedMillis;
  private long round;

  SeriesFeed(int series) {
    this.series = series;
    socket.setHWM(100_000);
    socket.setLinger(0);
    socket.bind("tcp://127.0.0.1:*");
    for (int i = 0; i < series; i += SERIES_OF_AN_APPLICATION) instances.add(UUID.randomUUID());
    // After the worker has begun, which then counts all there is; it compares no finer.
    startedMillis = System.currentTimeMillis() + 60_000;
  }

  int port() {
    String endpoint = socket.getLastEndpoint();
    return Integer.parseInt(endpoint.substring(endpoint.lastIndexOf(':') + 1));
  }

  /** Waits for the worker's subscription, and lets it hear that a broker is there. */
  void greet() {
    byte[] upstream;
    do {
      upstream = socket.recv();
    } while (upstream[0] != 1 || upstream.length != 1); // to everything
    socket.send(new Upstream.Heartbeat(new UUID(0, 1)).encode());
  }

  /**
   * Sends a full round of every application. Made before it is sent, so that it is sent at once.
   */
  void sendRound() {
    round++;
    List<byte[]> frames = new ArrayList<>();
    for (int i = 0; i < instances.size(); i++) {
      int size = Math.min(SERIES_OF_AN_APPLICATION, series - i * SERIES_OF_AN_APPLICATION);
      int parts = (size + SERIES_OF_A_FRAME - 1) / SERIES_OF_A_FRAME;
      for (int part = 0; part < parts; part++) {
        int from = part * SERIES_OF_A_FRAME;
        frames.add(frame(i, from, Math.min(size, from + SERIES_OF_A_FRAME), part, parts).encode());
      }
    }
    frames.forEach(socket::send);
  }

  private Frame frame(int application, int from, int to, int part, int parts) {
    List<Frame.Definition> definitions = new ArrayList<>();
    List<Frame.CounterValue> counters = new ArrayList<>();
    List<Frame.TimerValue> timers = new ArrayList<>();
    String source = "application-" + application;
    for (int id = from; id < to; id++) {
      boolean timer = id % 10 < TIMERS_OF_TEN;
      SeriesType type = timer ? SeriesType.TIMER : SeriesType.COUNTER;
      String name = "com.example.Service" + id / 10 + ".method" + id % 10;
      definitions.add(new Frame.Definition(id, new Series(LEVEL, type, name, source)));
      if (timer) timers.add(timer(id));
      else counters.add(new Frame.CounterValue(id, round * (id + 1)));
    }
    return new Frame(
        LEVEL,
        instances.get(application),
        startedMillis,
        (round - 1) * parts + part + 1,
        System.currentTimeMillis(),
        true,
        false,
        part,
        parts,
        Map.of(),
        definitions,
        counters,
        timers,
        List.of());
  }

  private Frame.TimerValue timer(int id) {
    int[] indexes = new int[BUCKETS];
    long[] counts = new long[BUCKETS];
    for (int i = 0; i < BUCKETS; i++) {
      indexes[i] = 200 + id % 50 + i;
      counts[i] = round;
    }
    Histogram histogram = Histogram.of(indexes, counts, BUCKETS);
    long count = BUCKETS * round;
    return new Frame.TimerValue(id, count, count * 10_000, 1_000, 90_000, histogram);
  }

  @Override
  public void close() {
    context.close();
  }
}
