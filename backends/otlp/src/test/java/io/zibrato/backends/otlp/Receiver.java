package io.zibrato.backends.otlp;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * A receiver of OTLP: it reads with the published classes, and keeps each stream's last point. It
 * breaks off as one that is killed after it stored and before it answered, and comes back with what
 * it stored.
 */
final class Receiver implements Closeable {
  private final boolean json;
  private final Map<String, OtlpReader.Point> streams = new HashMap<>();
  private int port;
  private HttpServer server;
  private boolean breaking;
  private int broken;
  private String wrong = "";

  Receiver(boolean json) throws IOException {
    this.json = json;
    start();
  }

  synchronized String url() {
    return "http://127.0.0.1:" + port;
  }

  /** Listens, where it did before. */
  synchronized void start() throws IOException {
    breaking = false;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    port = server.getAddress().getPort();
    server.createContext("/v1/metrics", this::handle);
    server.start();
  }

  /** Answers no request any more. */
  synchronized void breakOff() {
    breaking = true;
  }

  /** How many requests it stored and did not answer. */
  synchronized int broken() {
    return broken;
  }

  /** What in the streams contradicts what was there before; empty if nothing. */
  synchronized String wrong() {
    return wrong;
  }

  /** The last point of a metric with such attributes. */
  synchronized OtlpReader.Point last(String metric, Map<String, String> attributes) {
    OtlpReader.Point point = streams.get(metric + attributes);
    if (point == null) throw new IllegalStateException("nothing of " + metric + attributes);
    return point;
  }

  private synchronized void handle(HttpExchange exchange) throws IOException {
    byte[] body = new GZIPInputStream(exchange.getRequestBody()).readAllBytes();
    try {
      for (OtlpReader.Point each : OtlpReader.points(body, json)) take(each);
    } catch (AssertionError e) {
      wrong += e;
    }
    if (breaking) {
      broken++;
      exchange.close();
      return;
    }
    exchange.sendResponseHeaders(200, -1);
    exchange.close();
  }

  private void take(OtlpReader.Point point) {
    OtlpReader.Point before = streams.put(point.stream(), point);
    if (before == null || point.value() instanceof Double) return;
    boolean follows =
        before.startNanos() == point.startNanos()
            && before.timeNanos() <= point.timeNanos()
            && count(before) <= count(point);
    if (!follows) wrong += before + " is followed by " + point;
  }

  /** Of a sum or a histogram. */
  static long count(OtlpReader.Point point) {
    return point.value() instanceof Long sum ? sum : point.histogram().getCount();
  }

  @Override
  public void close() {
    end();
  }

  /** Listens no more. */
  void end() {
    HttpServer stopped;
    synchronized (this) {
      stopped = server;
    }
    stopped.stop(0);
  }
}
