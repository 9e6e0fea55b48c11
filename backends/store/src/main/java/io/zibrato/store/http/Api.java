package io.zibrato.store.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Takes each request to its {@link Route}, and turns what goes wrong there into an answer. */
public final class Api extends Handler.Abstract {
  private static final System.Logger LOG = System.getLogger(Api.class.getName());

  private final List<Route> routes;
  private final BasicAuth auth;
  private final BrowserGuard guard;
  private final Clock clock;

  public Api(List<Route> routes, BasicAuth auth, BrowserGuard guard, Clock clock) {
    this.routes = routes;
    this.auth = auth;
    this.guard = guard;
    this.clock = clock;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    final Reply reply = answer(request);
    if (!request.consumeAvailable()) {
      // Refused before its body was there. The connection ends, and a client that does not know
      // would send its next request into the void.
      response.getHeaders().put(HttpHeader.CONNECTION, "close");
    }
    send(reply, response, callback);
    return true;
  }

  private Reply answer(Request request) {
    try {
      guard.check(request);
      return route(request);
    } catch (ApiError e) {
      return e.reply(clock.instant().getEpochSecond());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return failure(503, "The store is closing");
    } catch (IOException e) {
      return unread(e).reply(clock.instant().getEpochSecond());
    } catch (RefusedQuery e) {
      return e.error().reply(clock.instant().getEpochSecond());
    } catch (SQLException | RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, request.getMethod() + " " + request.getHttpURI(), e);
      return failure(500, "The store failed: " + e.getMessage());
    }
  }

  /** A client may send again what did not come in time, and not what is broken. */
  static ApiError unread(IOException e) {
    return e.getCause() instanceof TimeoutException
        ? ApiError.system(408, "The body did not come in time")
        : ApiError.system(400, "The body could not be read");
  }

  private Reply failure(int status, String message) {
    return ApiError.system(status, message).reply(clock.instant().getEpochSecond());
  }

  private Reply route(Request request)
      throws ApiError, IOException, SQLException, InterruptedException {
    final Set<String> allowed = new TreeSet<>();
    for (final Route route : routes) {
      final Map<String, String> segments = route.match(request.getHttpURI().getPath());
      if (segments != null && route.takes(request.getMethod())) {
        if (!route.open()) {
          auth.check(request);
        }
        return route.endpoint().answer(new Call(request, segments));
      }
      if (segments != null) {
        allowed.add(route.method());
      }
    }
    auth.check(request);
    if (allowed.isEmpty()) {
      throw ApiError.notFound();
    }
    throw ApiError.request(405, "Method Not Allowed", Map.of("Allow", String.join(", ", allowed)));
  }

  static void send(Reply reply, Response response, Callback callback) {
    response.setStatus(reply.status());
    reply.headers().forEach(response.getHeaders()::put);
    if (reply.status() != 204) {
      response.getHeaders().put(HttpHeader.CONTENT_LENGTH, reply.body().length);
    }
    response.write(true, ByteBuffer.wrap(reply.body()), callback);
  }
}
