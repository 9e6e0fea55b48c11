package io.zibrato.backends.prometheus;

import io.zibrato.backends.DeliveryException;
import io.zibrato.backends.FatalException;
import io.zibrato.backends.RefusedException;
import io.zibrato.backends.RetryException;
import io.zibrato.backends.Total;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
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
  private static final int MAX_SHOWN = 500;
  private static final long LONGEST_PAUSE_SECONDS = Duration.ofDays(1).toSeconds();

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

  void send(List<Total> totals) throws IOException, DeliveryException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(options.remoteWrite().orElseThrow())
            .header("Content-Type", "application/x-protobuf")
            .header("Content-Encoding", "snappy")
            .header("X-Prometheus-Remote-Write-Version", "0.1.0")
            .header("User-Agent", "zibrato-prometheus")
            .timeout(options.timeout());
    if (!options.authorization().isEmpty()) {
      request.header("Authorization", options.authorization());
    }
    byte[] body = Snappy.compress(WriteRequest.of(totals, classic));
    judge(answer(request.POST(HttpRequest.BodyPublishers.ofByteArray(body)).build()));
  }

  /** The whole of it has to come in time. */
  private HttpResponse<byte[]> answer(HttpRequest request) throws RetryException {
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray());
    try {
      return answer.get(options.timeout().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw retry("no answer in " + options.timeout().toMillis() / 1000.0 + " s", 0, e);
    } catch (ExecutionException e) {
      throw retry(e.getCause().toString(), 0, e.getCause());
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw retry("interrupted", 0, e);
    }
  }

  private void judge(HttpResponse<byte[]> answer) throws DeliveryException {
    int status = answer.statusCode();
    if (status / 100 == 2) return;
    String said = "answered " + status + ": " + shown(answer.body());
    if (status == 401 || status == 403) {
      throw new FatalException("wrong credentials: " + options + ' ' + said);
    }
    boolean later = status == 408 || status == 429 || status >= 500 || status < 400;
    if (!later) throw new RefusedException(options + " " + said);
    throw retry(said, retryAfterSeconds(answer), null);
  }

  private RetryException retry(String why, long afterSeconds, Throwable cause) {
    // Never in doubt: what was taken is replaced by the same.
    return new RetryException(options + ": " + why, Duration.ofSeconds(afterSeconds), false, cause);
  }

  private static String shown(byte[] body) {
    String text = new String(body, 0, Math.min(body.length, MAX_SHOWN), StandardCharsets.UTF_8);
    return text.replaceAll("\\p{Cntrl}+", " ").strip();
  }

  /** Dates, which hardly anyone sends, are not read: the pauses that grow do. */
  private static long retryAfterSeconds(HttpResponse<?> answer) {
    String header = answer.headers().firstValue("Retry-After").orElse("").strip();
    if (!header.matches("\\d{1,9}")) return 0;
    return Math.min(Long.parseLong(header), LONGEST_PAUSE_SECONDS);
  }
}
