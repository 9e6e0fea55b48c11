package io.zibrato.backends.librato;

import io.zibrato.backends.Backend;
import io.zibrato.backends.DeliveryException;
import io.zibrato.backends.FatalException;
import io.zibrato.backends.Memory;
import io.zibrato.backends.RefusedException;
import io.zibrato.backends.RetryException;
import io.zibrato.backends.Snapshot;
import io.zibrato.librato.ForbiddenException;
import io.zibrato.librato.LibratoClient;
import io.zibrato.librato.LibratoException;
import io.zibrato.librato.ListQuery;
import io.zibrato.librato.Measurement;
import io.zibrato.librato.NoAnswerException;
import io.zibrato.librato.UnauthorizedException;
import io.zibrato.librato.UnexpectedAnswerException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

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

  private static final Duration LONGEST_PAUSE = Duration.ofDays(1);

  private final LibratoOptions options;
  private final LibratoNames names;
  private final LibratoEncoder encoder;
  private final LibratoClient client;

  LibratoBackend(LibratoOptions options) {
    this.options = options;
    this.names = new LibratoNames(options.prefix(), options.percentiles());
    this.encoder = new LibratoEncoder(names, options.percentiles());
    this.client =
        LibratoClient.builder()
            .url(options.url().toString())
            .credentials(options.username(), options.hasCredentials() ? options.apiToken() : "")
            .timeout(options.timeout())
            .userAgent("zibrato-librato/" + version())
            .retries(0) // the worker's deliverer does that
            .build();
  }

  private static String version() {
    String version = LibratoBackend.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  /** The names that were given to series. */
  @Override
  public Optional<Memory> memory() {
    return Optional.of(names);
  }

  @Override
  public void connect() throws IOException, FatalException {
    try {
      client.metrics().list(ListQuery.all().length(1));
    } catch (UnexpectedAnswerException e) {
      // It answered 2xx: so it is there, and content with our credentials.
    } catch (UnauthorizedException | ForbiddenException e) {
      throw wrongCredentials(e);
    } catch (LibratoException e) {
      throw new IOException(options + " answered " + e.getMessage(), e);
    }
  }

  @Override
  public int batchSize() {
    return Math.max(1, MAX_MEASUREMENTS / encoder.most());
  }

  @Override
  public void flush(Snapshot snapshot) throws DeliveryException {
    if (snapshot.isEmpty()) return;
    post(encoder.encode(snapshot), snapshot.fingerprint());
  }

  private void post(List<Measurement> measurements, String key) throws DeliveryException {
    try {
      client.metrics().submit(measurements, key);
    } catch (UnauthorizedException | ForbiddenException e) {
      throw wrongCredentials(e);
    } catch (NoAnswerException e) {
      throw unanswered(e, e.mayHaveArrived());
    } catch (LibratoException e) {
      throw refusal(e);
    } catch (IOException e) {
      throw unanswered(e, true);
    } catch (IllegalStateException e) { // closed meanwhile, and not sent
      throw unanswered(e, false);
    }
  }

  private FatalException wrongCredentials(LibratoException e) {
    String hint = options.hasCredentials() ? "" : " (none were given)";
    return new FatalException(
        "wrong Librato credentials" + hint + ": " + options + " answered " + e.getMessage());
  }

  private RetryException unanswered(Exception e, boolean ambiguous) {
    return new RetryException(options + ": " + e.getMessage(), Duration.ZERO, ambiguous, e);
  }

  private DeliveryException refusal(LibratoException e) {
    if (!asksForRetry(e.status())) return new RefusedException(e.getMessage());
    String message = options + " answered " + e.getMessage();
    return new RetryException(message, retryAfter(e), false, e);
  }

  /** Whether the same request may be taken later; true for redirects, which are never followed. */
  private static boolean asksForRetry(int status) {
    return status == 408 || status == 429 || status >= 500 || status < 400;
  }

  /** From nothing, if the service does not say, to a day. */
  private static Duration retryAfter(LibratoException e) {
    long seconds = Math.max(0, e.retryAfterSeconds());
    return Duration.ofSeconds(Math.min(seconds, LONGEST_PAUSE.toSeconds()));
  }

  @Override
  public void close() {
    client.close();
  }
}
