package io.zibrato.backends.statvent;

import com.google.gson.JsonObject;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;

/** Answers {@code GET} of the stats' path and of {@value #METRICS}. */
final class Web extends Handler.Abstract {
  static final String METRICS = "/metrics";

  private static final System.Logger LOG = System.getLogger(Web.class.getName());
  private static final String JSON = "application/json;charset=utf-8";

  private final String path;
  private final Collector collector;
  private final Clock clock;

  private record Reply(int status, String contentType, String body) {
    static Reply json(int status, JsonObject body) {
      return new Reply(status, JSON, body.toString());
    }
  }

  /**
   * @param path of the stats
   */
  Web(String path, Collector collector, Clock clock) {
    this.path = path;
    this.collector = collector;
    this.clock = clock;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    Reply reply = answer(request);
    byte[] body = reply.body.getBytes(StandardCharsets.UTF_8);
    response.setStatus(reply.status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, reply.contentType);
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
    if (reply.status == 405) response.getHeaders().put(HttpHeader.ALLOW, "GET, HEAD");
    response.write(true, ByteBuffer.wrap(body), callback);
    return true;
  }

  private Reply answer(Request request) {
    String asked = request.getHttpURI().getPath();
    try {
      boolean known = asked.equals(path) || asked.equals(METRICS);
      if (!known) return Reply.json(404, Json.message("nothing is served here", asked));
      if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
        return Reply.json(405, Json.message("only GET is served here", asked));
      }
      Fields parameters = Request.extractQueryParameters(request);
      Collector.Round round = collector.collect();
      if (asked.equals(METRICS)) {
        return new Reply(200, PrometheusText.CONTENT_TYPE, PrometheusText.of(round.answers()));
      }
      String process = parameters.getValue("process");
      return process == null ? all(round) : one(round, process, asked);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Reply.json(503, Json.message("the service is closing", asked));
    } catch (IllegalArgumentException e) {
      return Reply.json(400, Json.message("the query cannot be read", asked));
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, request.getMethod() + " " + request.getHttpURI(), e);
      return Reply.json(500, Json.message("the service failed: " + e, asked));
    }
  }

  private Reply all(Collector.Round round) {
    return Reply.json(200, Json.of(round, epochSeconds()));
  }

  private Reply one(Collector.Round round, String process, String asked) {
    Answer answer = round.answers().get(process);
    if (answer == null) {
      return Reply.json(404, Json.message("no pipe of process " + process, asked));
    }
    int status = answer.listing().isPresent() ? 200 : 504;
    return Reply.json(status, Json.of(process, answer, epochSeconds()));
  }

  private BigDecimal epochSeconds() {
    return BigDecimal.valueOf(clock.millis(), 3);
  }
}
