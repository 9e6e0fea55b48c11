package io.zibrato.backends;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * Posts to a service over HTTP: with a bound on the time and the size of each answer; nothing is
 * retried or redirected, which is the worker's to do. A backend that uses it needs HttpClient 5 in
 * its own jar.
 *
 * <p>Any thread.
 */
public final class HttpCourier implements Closeable {
  private static final int MAX_ANSWER_BYTES = 64 << 10;

  /** Idle connections are not kept: whether the service closed one shows only after a request. */
  private static final TimeValue KEPT = TimeValue.ofSeconds(1);

  private final Settings settings;
  private final CloseableHttpClient client;
  private final ScheduledThreadPoolExecutor deadlines =
      new ScheduledThreadPoolExecutor(1, HttpCourier::daemon);

  /**
   * How to post.
   *
   * @param userAgent names our program
   * @param headers sent with each request; no log has them
   * @param gzip whether bodies are compressed
   * @param timeout how long one request may take in all
   * @param replaces whether the service, when it is sent the same again, holds it once; else a
   *     request without an answer is ambiguous
   */
  public record Settings(
      String userAgent,
      Map<String, String> headers,
      boolean gzip,
      Duration timeout,
      boolean replaces) {
    public Settings {
      headers = Map.copyOf(headers);
    }

    /** Without the headers, which may hold secrets. */
    @Override
    public String toString() {
      return userAgent;
    }
  }

  public HttpCourier(Settings settings) {
    this.settings = settings;
    deadlines.setRemoveOnCancelPolicy(true);
    Timeout timeout = Timeout.of(settings.timeout());
    client =
        HttpClients.custom()
            .setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create()
                    .setDefaultConnectionConfig(
                        ConnectionConfig.custom()
                            .setConnectTimeout(timeout)
                            .setSocketTimeout(timeout)
                            .build())
                    .build())
            .setDefaultRequestConfig(
                RequestConfig.custom()
                    .setConnectionRequestTimeout(timeout)
                    .setResponseTimeout(timeout)
                    .build())
            .setKeepAliveStrategy((response, context) -> KEPT)
            .setUserAgent(settings.userAgent())
            .disableAutomaticRetries()
            .disableRedirectHandling()
            .disableCookieManagement()
            .disableAuthCaching()
            .disableContentCompression()
            .build();
  }

  /**
   * Sends a body, and takes the answer, whatever it is.
   *
   * @throws RetryException if there is none
   */
  public HttpAnswer post(URI url, String contentType, byte[] body) throws RetryException {
    HttpPost post = new HttpPost(url);
    settings.headers().forEach(post::setHeader);
    ContentType type = ContentType.parse(contentType);
    post.setEntity(
        settings.gzip()
            ? new ByteArrayEntity(gzipped(body), type, "gzip")
            : new ByteArrayEntity(body, type));
    try {
      ScheduledFuture<?> deadline = deadline(post);
      try {
        return client.execute(post, HttpCourier::answer);
      } finally {
        deadline.cancel(false);
      }
    } catch (IOException e) {
      throw unanswered(url, e, !settings.replaces() && mayHaveArrived(e));
    } catch (IllegalStateException e) { // closed meanwhile, and not sent
      throw unanswered(url, e, false);
    }
  }

  /**
   * Passes if the service took what was sent.
   *
   * @param service what it is called in messages
   */
  public static void check(HttpAnswer answer, String service) throws DeliveryException {
    if (answer.isSuccess()) return;
    if (answer.isForbidden()) {
      throw new FatalException("wrong credentials: " + service + " answered " + answer);
    }
    if (!answer.isForLater()) throw new RefusedException(answer.toString());
    throw new RetryException(service + " answered " + answer, answer.pause(), false, null);
  }

  private static RetryException unanswered(URI url, Exception e, boolean ambiguous) {
    String at = url.getScheme() + "://" + url.getRawAuthority();
    return new RetryException(at + ": " + e.getMessage(), Duration.ZERO, ambiguous, e);
  }

  private static byte[] gzipped(byte[] body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(body);
    } catch (IOException e) { // memory has no such trouble
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private ScheduledFuture<?> deadline(HttpPost post) throws IOException {
    try {
      long millis = settings.timeout().toMillis();
      return deadlines.schedule(post::abort, millis, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      throw new ConnectException("the worker ends");
    }
  }

  private static HttpAnswer answer(ClassicHttpResponse response) throws IOException {
    Header retryAfter = response.getFirstHeader(HttpHeaders.RETRY_AFTER);
    return new HttpAnswer(
        response.getCode(),
        beginning(response.getEntity()),
        retryAfter == null ? null : retryAfter.getValue());
  }

  private static byte[] beginning(HttpEntity entity) throws IOException {
    if (entity == null) return new byte[0];
    try (InputStream in = entity.getContent()) {
      return in.readNBytes(MAX_ANSWER_BYTES);
    }
  }

  private static boolean mayHaveArrived(IOException e) {
    return !(e instanceof ConnectException
        || e instanceof ConnectTimeoutException
        || e instanceof ConnectionRequestTimeoutException
        || e instanceof NoRouteToHostException
        || e instanceof UnknownHostException);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "zibrato-http-deadlines");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void close() {
    deadlines.shutdownNow();
    client.close(CloseMode.IMMEDIATE);
  }
}
