package io.zibrato.backends.prometheus;

import io.zibrato.backends.DeliveryException;
import io.zibrato.backends.FatalException;
import io.zibrato.backends.HttpAnswer;
import io.zibrato.backends.RefusedException;
import io.zibrato.backends.RetryException;
import io.zibrato.backends.Total;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.xerial.snappy.Snappy;

/**
 * Sends totals to a receiver of remote-write 1.0. What is sent again has the same times and values,
 * so that the receiver has it once.
 */
final class RemoteWriter {
  private static final Logger LOG = System.getLogger(RemoteWriter.class.getName());
  private static final int REQUEST_TIMEOUT = 408;

  /** The series of ours in a request: a timer is about thirty there. */
  static final int AT_ONCE = 500;

  private final PrometheusOptions options;
  private final ClassicBuckets classic;
  private final HttpClient client;

  RemoteWriter(PrometheusOptions options, ClassicBuckets classic) {
    this.options = options;
    this.classic = classic;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(options.timeout())
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /** Sends nothing, to see whether it would be taken. */
  void connect() throws IOException, FatalException {
    try {
      send(List.of());
    } catch (FatalException e) {
      throw e;
    } catch (DeliveryException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  void send(List<Total> totals) throws DeliveryException {
    post(WriteRequest.of(totals, classic));
  }

  /**
   * Tells that nothing more comes of series, at that time or just after their last sample. A
   * receiver that does not take that is not told again.
   */
  void end(List<Total> stale, long epochMillis) throws DeliveryException {
    for (int from = 0; from < stale.size(); from += AT_ONCE) {
      List<Total> some = stale.subList(from, Math.min(stale.size(), from + AT_ONCE));
      try {
        post(WriteRequest.ofEnds(some, epochMillis, classic));
      } catch (RefusedException e) {
        LOG.log(Level.WARNING, "the end of {0} series: {1}", some.size(), e.getMessage());
      }
    }
  }

  private void post(byte[] request) throws DeliveryException {
    HttpRequest.Builder post =
        HttpRequest.newBuilder(options.remoteWrite().orElseThrow())
            .header("Content-Type", "application/x-protobuf")
            .header("Content-Encoding", "snappy")
            .header("X-Prometheus-Remote-Write-Version", "0.1.0")
            .header("User-Agent", "zibrato-prometheus")
            .timeout(options.timeout());
    if (!options.authorization().isEmpty()) post.header("Authorization", options.authorization());
    byte[] body = compressed(request);
    judge(answer(post.POST(HttpRequest.BodyPublishers.ofByteArray(body)).build()));
  }

  private static byte[] compressed(byte[] request) {
    try {
      return Snappy.compress(request);
    } catch (IOException e) { // memory has no such trouble
      throw new UncheckedIOException(e);
    }
  }

  /** The whole of it has to come in time. */
  private HttpAnswer answer(HttpRequest request) throws RetryException {
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray());
    try {
      return answer(answer.get(options.timeout().toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw retry("no answer in " + options.timeout().toMillis() / 1000.0 + " s", Duration.ZERO, e);
    } catch (ExecutionException e) {
      throw retry(e.getCause().toString(), Duration.ZERO, e.getCause());
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw retry("interrupted", Duration.ZERO, e);
    }
  }

  private static HttpAnswer answer(HttpResponse<byte[]> answer) {
    String retryAfter = answer.headers().firstValue("Retry-After").orElse(null);
    return new HttpAnswer(answer.statusCode(), answer.body(), retryAfter);
  }

  /** Of 4xx, remote-write lets 429 alone be tried again. */
  private void judge(HttpAnswer answer) throws DeliveryException {
    if (answer.isSuccess()) return;
    String said = "answered " + answer;
    if (answer.isForbidden()) {
      throw new FatalException("wrong credentials: " + options + ' ' + said);
    }
    boolean later = answer.isForLater() && answer.status() != REQUEST_TIMEOUT;
    if (!later) throw new RefusedException(options + " " + said);
    throw retry(said, answer.pause(), null);
  }

  private RetryException retry(String why, Duration after, Throwable cause) {
    // Never in doubt: what was taken is replaced by the same.
    return new RetryException(options + ": " + why, after, false, cause);
  }
}
