package io.zibrato.backends.prometheus;

import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusProtobufWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Answers {@code GET /metrics}: in protobuf, OpenMetrics or the text format 0.0.4, whichever is
 * liked best, and in the last to who does not say; gzip'd to who accepts that.
 */
final class ScrapeServer implements Closeable {
  static final String PATH = "/metrics";

  private static final Logger LOG = System.getLogger(ScrapeServer.class.getName());
  private static final int MAX_THREADS = 8;
  private static final long IDLE_TIMEOUT_MILLIS = 120_000; // longer than scrapes are apart
  private static final long STOP_TIMEOUT_MILLIS = 500;
  private static final long STOP_IDLE_MILLIS = 50;
  private static final ExpositionFormatWriter TEXT = PrometheusTextFormatWriter.create();
  private static final List<ExpositionFormatWriter> FORMATS =
      List.of(
          new PrometheusProtobufWriter(),
          OpenMetricsTextFormatWriter.builder().setCreatedTimestampsEnabled(true).build());

  private final Server server;
  private final ServerConnector connector;

  /**
   * Listens.
   *
   * @throws IOException with a message for the user
   */
  ScrapeServer(InetSocketAddress address, Supplier<MetricSnapshots> metrics) throws IOException {
    QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS);
    threads.setName("zibrato-scrapes");
    threads.setDaemon(true);
    server = new Server(threads);
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setHost(address.getHostString());
    connector.setPort(address.getPort());
    connector.setIdleTimeout(IDLE_TIMEOUT_MILLIS);
    connector.setShutdownIdleTimeout(STOP_IDLE_MILLIS);
    server.addConnector(connector);
    server.setStopTimeout(STOP_TIMEOUT_MILLIS);
    server.setHandler(new Metrics(metrics));
    try {
      server.start();
    } catch (Exception e) { // whatever Jetty's parts throw
      close();
      Throwable cause = e.getCause() == null ? e : e.getCause();
      String where = address.getHostString() + ", port " + address.getPort();
      throw new IOException("cannot listen on " + where + ": " + cause.getMessage(), e);
    }
  }

  int port() {
    return connector.getLocalPort();
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) { // whatever Jetty's parts throw
      LOG.log(Level.DEBUG, "the HTTP server did not stop cleanly", e);
    }
  }

  private static final class Metrics extends Handler.Abstract {
    private final Supplier<MetricSnapshots> metrics;

    Metrics(Supplier<MetricSnapshots> metrics) {
      this.metrics = metrics;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback)
        throws IOException {
      boolean read = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
      if (!request.getHttpURI().getPath().equals(PATH)) {
        refuse(404, "the metrics are at " + PATH, response, callback);
      } else if (!read) {
        response.getHeaders().put(HttpHeader.ALLOW, "GET, HEAD");
        refuse(405, "only GET and HEAD", response, callback);
      } else {
        ExpositionFormatWriter format = format(liked(request, HttpHeader.ACCEPT));
        boolean gzip =
            liked(request, HttpHeader.ACCEPT_ENCODING).stream().anyMatch("gzip"::equalsIgnoreCase);
        byte[] body = body(format, gzip);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, format.getContentType());
        if (gzip) response.getHeaders().put(HttpHeader.CONTENT_ENCODING, "gzip");
        response.getHeaders().put(HttpHeader.VARY, "Accept, Accept-Encoding");
        send(200, body, response, callback);
      }
      return true;
    }

    private byte[] body(ExpositionFormatWriter format, boolean gzip) throws IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (OutputStream out = gzip ? new GZIPOutputStream(bytes) : bytes) {
        format.write(out, metrics.get());
      }
      return bytes.toByteArray();
    }

    private static ExpositionFormatWriter format(List<String> accepted) {
      for (String type : accepted) {
        for (ExpositionFormatWriter each : FORMATS) {
          if (each.accepts(type)) return each;
        }
        if (type.startsWith("text/") || type.startsWith("*/")) return TEXT;
      }
      return TEXT;
    }

    /** What is liked best first, and nothing that is not liked. */
    private static List<String> liked(Request request, HttpHeader header) {
      return request.getHeaders().getQualityCSV(header);
    }

    private static void refuse(int status, String why, Response response, Callback callback) {
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain; charset=utf-8");
      send(status, (why + '\n').getBytes(StandardCharsets.UTF_8), response, callback);
    }

    private static void send(int status, byte[] body, Response response, Callback callback) {
      response.setStatus(status);
      response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
      response.write(true, ByteBuffer.wrap(body), callback);
    }
  }
}
