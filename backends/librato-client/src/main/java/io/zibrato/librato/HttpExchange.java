package io.zibrato.librato;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.io.Closer;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/** HTTP with a bound on the time and size of each answer, nothing retried or redirected. */
final class HttpExchange implements Exchange {
  private static final int MAX_CONNECTIONS = 16;

  /** 64 MiB, less where the heap is small. */
  private static final int MAX_ANSWER_BYTES =
      (int) Math.min(64 << 20, Runtime.getRuntime().maxMemory() / 16);

  /** Of an answer that nobody reads, or that says why not, the beginning will do. */
  private static final int MAX_UNREAD_BYTES = 64 << 10;

  /** Without the charset that the library would add: the API documents none. */
  private static final ContentType JSON = ContentType.create("application/json");

  /** Idle connections are not kept: whether the service closed one shows only after a request. */
  private static final TimeValue KEPT = TimeValue.ofSeconds(1);

  private final String url;
  private final String authorization;
  private final long timeoutMillis;
  private final CloseableHttpClient client;
  private final ScheduledThreadPoolExecutor deadlines =
      new ScheduledThreadPoolExecutor(1, HttpExchange::daemon);

  HttpExchange(Options options) {
    url = options.url();
    authorization = authorization(options);
    timeoutMillis = options.timeoutMillis();
    deadlines.setRemoveOnCancelPolicy(true);
    Timeout timeout = Timeout.ofMilliseconds(timeoutMillis);
    client =
        HttpClients.custom()
            .setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create()
                    .setMaxConnTotal(MAX_CONNECTIONS)
                    .setMaxConnPerRoute(MAX_CONNECTIONS)
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
            .setRequestExecutor(new Sending())
            .setUserAgent(options.userAgent())
            .disableAutomaticRetries()
            .disableRedirectHandling()
            .disableCookieManagement()
            .disableAuthCaching()
            .disableContentCompression()
            .build();
  }

  /** Null where there are no credentials. */
  private static String authorization(Options options) {
    if (options.user().isEmpty() && options.token().isEmpty()) return null;
    String pair = options.user() + ':' + options.token();
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public Answer send(Request request) throws IOException {
    HttpUriRequestBase http =
        new HttpUriRequestBase(request.method(), URI.create(url + request.target()));
    http.setHeader(HttpHeaders.ACCEPT, JSON.getMimeType());
    if (authorization != null) http.setHeader(HttpHeaders.AUTHORIZATION, authorization);
    // draft-ietf-httpapi-idempotency-key-header: a string of RFC 8941, so in quotes.
    if (request.key() != null) http.setHeader("Idempotency-Key", '"' + request.key() + '"');
    if (request.body() != null) {
      http.setEntity(new ByteArrayEntity(request.body().getBytes(StandardCharsets.UTF_8), JSON));
    }
    HttpClientContext context = HttpClientContext.create();
    ScheduledFuture<?> deadline = deadline(http);
    ClassicHttpResponse response = null;
    try {
      response = client.executeOpen(null, http, context);
      return answer(response, request);
    } catch (IOException e) {
      throw Sending.begun(context) ? e : new NotSentException(e);
    } finally {
      Closer.closeQuietly(response); // reads on to the end, which nobody wants any more
      deadline.cancel(false);
    }
  }

  private ScheduledFuture<?> deadline(HttpUriRequestBase http) throws IOException {
    try {
      return deadlines.schedule(http::abort, timeoutMillis, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      throw new NotSentException(new IOException("the client is closed"));
    }
  }

  private static Answer answer(ClassicHttpResponse response, Request request) throws IOException {
    Header retryAfter = response.getFirstHeader(HttpHeaders.RETRY_AFTER);
    return new Answer(
        response.getCode(),
        text(response, request),
        retryAfter == null ? null : retryAfter.getValue());
  }

  /**
   * If it breaks off, that is no answer, but where the service said that it did what it was asked.
   */
  private static String text(ClassicHttpResponse response, Request request) throws IOException {
    HttpEntity entity = response.getEntity();
    if (entity == null) return "";
    boolean good = response.getCode() / 100 == 2;
    boolean whole = good && request.read();
    try (InputStream in = entity.getContent()) {
      byte[] bytes = in.readNBytes(whole ? MAX_ANSWER_BYTES : MAX_UNREAD_BYTES);
      if (whole && in.read() >= 0) {
        throw new IOException("the answer is over " + MAX_ANSWER_BYTES + " bytes");
      }
      return new String(bytes, charset(entity));
    } catch (IOException e) {
      if (!good || request.is("GET")) throw e;
      return "";
    }
  }

  private static Charset charset(HttpEntity entity) {
    ContentType type = ContentType.parseLenient(entity.getContentType());
    Charset charset = type == null ? null : type.getCharset();
    return charset == null ? StandardCharsets.UTF_8 : charset;
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "librato-client-deadlines");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void close() {
    deadlines.shutdownNow();
    client.close(CloseMode.IMMEDIATE);
  }
}
