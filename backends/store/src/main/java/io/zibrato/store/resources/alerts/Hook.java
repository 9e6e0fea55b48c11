package io.zibrato.store.resources.alerts;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;

/**
 * Posts payloads to webhooks. Only the status of an answer is looked at; redirects are not
 * followed, nothing is kept between two calls, and addresses of the link itself, where clouds
 * answer with secrets, are not called.
 */
final class Hook implements AutoCloseable {
  private static final ContentType FORM =
      ContentType.create("application/x-www-form-urlencoded", StandardCharsets.UTF_8);
  private static final int MAX_CONNECTIONS = 16;

  private final long timeoutMillis;
  private final CloseableHttpClient client;
  private final ScheduledThreadPoolExecutor deadlines =
      new ScheduledThreadPoolExecutor(1, Hook::daemon);

  /**
   * Makes one.
   *
   * @param timeoutMillis how long one call may take in all
   */
  Hook(long timeoutMillis) {
    this.timeoutMillis = timeoutMillis;
    deadlines.setRemoveOnCancelPolicy(true);
    final Timeout timeout = Timeout.ofMilliseconds(timeoutMillis);
    client =
        HttpClients.custom()
            .setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create()
                    .setDnsResolver(new Reachable())
                    .setMaxConnTotal(MAX_CONNECTIONS)
                    .setMaxConnPerRoute(MAX_CONNECTIONS)
                    .setDefaultConnectionConfig(
                        ConnectionConfig.custom()
                            .setConnectTimeout(timeout)
                            .setSocketTimeout(timeout)
                            .build())
                    .build())
            .setDefaultRequestConfig(RequestConfig.custom().setResponseTimeout(timeout).build())
            .setConnectionReuseStrategy((request, response, context) -> false)
            .setUserAgent("zibrato-store")
            .disableAutomaticRetries()
            .disableRedirectHandling()
            .disableCookieManagement()
            .disableAuthCaching()
            .disableContentCompression()
            .build();
  }

  private static Thread daemon(Runnable work) {
    final Thread thread = new Thread(work, "store-webhook-deadlines");
    thread.setDaemon(true);
    return thread;
  }

  /** Names resolve to addresses that may be called, or not at all. */
  private static final class Reachable extends SystemDefaultDnsResolver {
    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
      final InetAddress[] addresses = super.resolve(host);
      for (final InetAddress address : addresses) {
        if (address.isLinkLocalAddress()
            || address.isMulticastAddress()
            || address.isAnyLocalAddress()) {
          throw new UnknownHostException(
              host + " is " + address.getHostAddress() + ", which is not called");
        }
      }
      return addresses;
    }
  }

  /**
   * The status of the answer.
   *
   * @param key the same whenever this payload is posted again
   */
  int post(String url, String payload, String key) throws IOException {
    final URI uri = URI.create(url);
    final String userInfo = uri.getRawUserInfo();
    final HttpPost post = new HttpPost(userInfo == null ? uri : without(userInfo, url));
    if (userInfo != null) {
      post.setHeader(HttpHeaders.AUTHORIZATION, basic(userInfo));
    }
    post.setHeader("Idempotency-Key", '"' + key + '"');
    post.setEntity(
        new StringEntity("payload=" + URLEncoder.encode(payload, StandardCharsets.UTF_8), FORM));
    final ScheduledFuture<?> deadline = deadline(post);
    try {
      // Closes the connection without waiting for the rest of an answer.
      return client.execute(
          post,
          response -> {
            post.abort();
            return response.getCode();
          });
    } finally {
      deadline.cancel(false);
    }
  }

  /** The client refuses a URL with credentials in it. */
  private static URI without(String userInfo, String url) {
    final int at = url.indexOf(userInfo + "@");
    return URI.create(url.substring(0, at) + url.substring(at + userInfo.length() + 1));
  }

  private static String basic(String rawUserInfo) {
    final String pair = URLDecoder.decode(rawUserInfo.replace("+", "%2B"), StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  private ScheduledFuture<?> deadline(HttpPost post) throws IOException {
    try {
      return deadlines.schedule(post::abort, timeoutMillis, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      throw new IOException("closed", e);
    }
  }

  @Override
  public void close() {
    deadlines.shutdownNow();
    client.close(CloseMode.IMMEDIATE);
  }
}
