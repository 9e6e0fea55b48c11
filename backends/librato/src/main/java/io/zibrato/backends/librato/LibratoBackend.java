package io.zibrato.backends.librato;

import io.zibrato.backends.Backend;
import io.zibrato.backends.DeliveryException;
import io.zibrato.backends.FatalException;
import io.zibrato.backends.RefusedException;
import io.zibrato.backends.RetryException;
import io.zibrato.backends.Snapshot;
import java.io.IOException;
import java.time.Duration;

/**
 * Delivers to Librato's metrics API, as our own store speaks it too: {@code POST /v1/metrics}, at
 * most 300 measurements each.
 *
 * <p>A request whose answer never came is sent again, with the same {@code Idempotency-Key}. Our
 * store knows by it what it took before; at a service that does not, what the request carried may
 * count twice, and {@code WorkerStats.ambiguousRetries} says how often that may have been. All
 * other requests count once. This is the last stop of a measurement.
 */
final class LibratoBackend extends Backend {
  /** What Librato takes in one request. */
  static final int MAX_MEASUREMENTS = 300;

  private static final int SHOWN_CHARACTERS = 300;

  private final LibratoOptions options;
  private final LibratoEncoder encoder;
  private final HttpCaller http;

  LibratoBackend(LibratoOptions options) {
    this.options = options;
    this.encoder = new LibratoEncoder(new LibratoNames(options.prefix()), options.percentiles());
    this.http = new HttpCaller(options);
  }

  @Override
  public void connect() throws IOException, FatalException {
    Reply reply = http.get("/v1/metrics?length=1");
    if (reply.isUnauthorized()) throw wrongCredentials(reply);
    if (!reply.isSuccess()) throw new IOException(options + " answered " + said(reply));
  }

  @Override
  public int batchSize() {
    return Math.max(1, MAX_MEASUREMENTS / encoder.most());
  }

  @Override
  public void flush(Snapshot snapshot) throws DeliveryException {
    if (snapshot.isEmpty()) return;
    Reply reply = post(encoder.encode(snapshot), snapshot.fingerprint());
    if (reply.isSuccess()) return;
    if (reply.isUnauthorized()) throw wrongCredentials(reply);
    if (reply.asksForRetry()) {
      throw new RetryException(
          options + " answered " + said(reply), reply.retryAfter(), false, null);
    }
    throw new RefusedException(said(reply));
  }

  private Reply post(String body, String key) throws RetryException {
    try {
      return http.post("/v1/metrics", body, key);
    } catch (IOException e) {
      boolean ambiguous = HttpCaller.mayHaveArrived(e);
      throw new RetryException(options + ": " + e, Duration.ZERO, ambiguous, e);
    }
  }

  private FatalException wrongCredentials(Reply reply) {
    String hint = options.hasCredentials() ? "" : " (none were given)";
    return new FatalException(
        "wrong Librato credentials" + hint + ": " + options + " answered " + said(reply));
  }

  /** The status, and the beginning of the body on one line. */
  private static String said(Reply reply) {
    String body = reply.body().replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    boolean cut = body.length() > SHOWN_CHARACTERS;
    return reply.status() + " " + (cut ? body.substring(0, SHOWN_CHARACTERS) + "..." : body);
  }

  @Override
  public void close() {
    http.close();
  }
}
