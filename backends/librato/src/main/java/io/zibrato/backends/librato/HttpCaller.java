package io.zibrato.backends.librato;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * HTTP to one service: one request at a time, a bound on the time of each, nothing retried,
 * redirected or remembered. Blocks its caller; {@link #close} may come from any thread, and ends
 * what is under way.
 */
final class HttpCaller implements AutoCloseable {
  private static final int MAX_REPLY_BYTES = 64 << 10;

  /** Idle connections are not kept: whether the service closed one shows only after a request. */
  private static final TimeValue KEPT = TimeValue.ofSeconds(1);

  private final LibratoOptions options;
  private final CloseableHttpClient client;
  private final ScheduledExecutorService deadlines =
      Executors.newSingleThreadScheduledExecutor(HttpCaller::daemon);

  HttpCaller(LibratoOptions options) {
    this.options = options;
    Timeout timeout = Timeout.of(options.timeout());
    ConnectionConfig connection =
        ConnectionConfig.custom().setConnectTimeout(timeout).setSocketTimeout(timeout).build();
    RequestConfig request =
        RequestConfig.custom()
            .setConnectionRequestTimeout(timeout)
            .setResponseTimeout(timeout)
            .build();
    this.client =
        HttpClients.custom()
            .setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create()
                    .setMaxConnTotal(2)
                    .setMaxConnPerRoute(2)
                    .setDefaultConnectionConfig(connection)
                    .build())
            .setDefaultRequestConfig(request)
            .setKeepAliveStrategy((response, context) -> KEPT)
            .setUserAgent("zibrato-librato/" + version())
            .disableAutomaticRetries()
            .disableRedirectHandling()
            .disableCookieManagement()
            .disableAuthCaching()
            .build();
  }

  Reply get(String path) throws IOException {
    return call(new HttpGet(options.url() + path));
  }

  /**
   * @param key by which a service may know that it took this request before
   */
  Reply post(String path, String json, String key) throws IOException {
    HttpPost post = new HttpPost(options.url() + path);
    // draft-ietf-httpapi-idempotency-key-header: a string of RFC 8941, so in quotes.
    post.setHeader("Idempotency-Key", '"' + key + '"');
    post.setEntity(new StringEntity(json, ContentType.APPLICATION_JSON));
    return call(post);
  }

  /**
   * Whether a request that ended so may have reached the service nevertheless: all but those that
   * never got a connection.
   */
  static boolean mayHaveArrived(IOException e) {
    return !(e instanceof ConnectException
        || e instanceof ConnectTimeoutException
        || e instanceof NoRouteToHostException
        || e instanceof UnknownHostException);
  }

  private Reply call(HttpUriRequestBase request) throws IOException {
    if (options.hasCredentials()) request.setHeader(HttpHeaders.AUTHORIZATION, authorization());
    long timeoutMillis = options.timeout().toMillis();
    ScheduledFuture<?> deadline =
        deadlines.schedule(request::abort, timeoutMillis, TimeUnit.MILLISECONDS);
    try {
      return client.execute(request, HttpCaller::reply);
    } finally {
      deadline.cancel(false);
    }
  }

  private String authorization() {
    String pair = options.username() + ':' + options.apiToken();
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  private static Reply reply(ClassicHttpResponse response) throws IOException {
    Header retryAfter = response.getFirstHeader(HttpHeaders.RETRY_AFTER);
    return new Reply(
        response.getCode(),
        beginning(response.getEntity()),
        retryAfter == null ? null : retryAfter.getValue());
  }

  private static String beginning(HttpEntity entity) throws IOException {
    if (entity == null) return "";
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (InputStream in = entity.getContent()) {
      bytes.write(in.readNBytes(MAX_REPLY_BYTES));
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "zibrato-librato-deadlines");
    thread.setDaemon(true);
    return thread;
  }

  private static String version() {
    String version = HttpCaller.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  @Override
  public void close() {
    deadlines.shutdownNow();
    client.close(CloseMode.IMMEDIATE);
  }
}
