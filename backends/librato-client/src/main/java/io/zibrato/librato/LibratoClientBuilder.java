package io.zibrato.librato;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;

/** Makes a {@link LibratoClient}. Not for use by several threads at once. */
public final class LibratoClientBuilder {
  static final String DEFAULT_URL = "http://127.0.0.1:7827";

  private String user;
  private String token;
  private String url = DEFAULT_URL;
  private Duration timeout = Duration.ofSeconds(10);
  private String userAgent = defaultUserAgent();
  private UnaryOperator<String> sanitizer = UnaryOperator.identity();
  private Map<String, String> tags = Map.of();
  private boolean keys = true;
  private int retries = 4;
  private Duration firstPause = Duration.ofMillis(500);
  private Duration maxPause = Duration.ofSeconds(30);
  private Duration maxRetryAfter = Duration.ofMinutes(1);
  UnaryOperator<String> environment = System::getenv;
  Clock clock = Clock.systemUTC();
  Caller.Pause pause; // null for one that ends with the client

  LibratoClientBuilder() {}

  /**
   * User and token. Default: what {@code LIBRATO_USER} and {@code LIBRATO_TOKEN} say when the
   * client is built; with neither, requests carry no credentials.
   */
  public LibratoClientBuilder credentials(String user, String token) {
    if (user.indexOf(':') >= 0) throw new IllegalArgumentException("user has a colon: " + user);
    this.user = user;
    this.token = Objects.requireNonNull(token, "token == null");
    return this;
  }

  /**
   * Where the service is, {@code http} or {@code https}, without {@code /v1}. Default {@code
   * http://127.0.0.1:7827}, where Zibrato's store listens. Credentials travel in the clear over
   * {@code http}.
   */
  public LibratoClientBuilder url(String url) {
    URI uri = URI.create(url);
    if (uri.getHost() == null
        || !("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
        || uri.getPort() > 65_535
        || uri.getRawQuery() != null
        || uri.getRawFragment() != null
        || uri.getRawUserInfo() != null) {
      throw new IllegalArgumentException("url is not http(s)://host[:port][/path]: " + url);
    }
    this.url = url.replaceFirst("/+$", "");
    return this;
  }

  /** The longest that one try may take, until its answer is whole. Default 10 s. */
  public LibratoClientBuilder timeout(Duration timeout) {
    this.timeout = atLeastOneMilli("timeout", timeout);
    return this;
  }

  /** What the header {@code User-Agent} says. Default: this library, its version, and Java's. */
  public LibratoClientBuilder userAgent(String userAgent) {
    this.userAgent = Objects.requireNonNull(userAgent, "userAgent == null");
    return this;
  }

  /**
   * What is done to each name of a metric before it travels, such as {@link
   * MetricNames#sanitizeMetricName}. Called by the threads that use the client, so it must bear
   * several at once. Default: nothing; a name that is not valid is then refused by the service.
   */
  public LibratoClientBuilder sanitizer(UnaryOperator<String> sanitizer) {
    this.sanitizer = Objects.requireNonNull(sanitizer, "sanitizer == null");
    return this;
  }

  /**
   * Tags of all measurements that have neither a source nor tags of their own, which makes them
   * tagged ones. Default: none.
   */
  public LibratoClientBuilder tags(Map<String, String> tags) {
    this.tags = Json.copy(tags);
    return this;
  }

  /** How often a request is tried again, 0 for never. Default 4. */
  public LibratoClientBuilder retries(int retries) {
    if (retries < 0) throw new IllegalArgumentException("retries < 0: " + retries);
    this.retries = retries;
    return this;
  }

  /**
   * The pause before the first retry, which doubles each time, and what it never exceeds. Each
   * pause is between half of that and all of it, at random. Default 500 ms and 30 s.
   */
  public LibratoClientBuilder backoff(Duration first, Duration max) {
    this.firstPause = atLeastOneMilli("first", first);
    this.maxPause = atLeastOneMilli("max", max);
    return this;
  }

  /**
   * The longest {@code Retry-After} that is waited for. An answer that asks for more ends in an
   * exception at once. Default 1 min.
   */
  public LibratoClientBuilder maxRetryAfter(Duration max) {
    if (max.isNegative()) throw new IllegalArgumentException("maxRetryAfter < 0: " + max);
    this.maxRetryAfter = max;
    return this;
  }

  /**
   * Whether each {@code POST} carries an {@code Idempotency-Key}, by which the service knows that
   * it took the same before. With one, a {@code POST} is tried again also when its answer was lost,
   * and a service that honours the header, as Zibrato's store does, does it once. Another service
   * may do it twice: say false for that, and a lost answer of a {@code POST} is a {@link
   * NoAnswerException} at once; a 5xx is tried again even so, since the service says that it
   * failed. Default true.
   */
  public LibratoClientBuilder idempotencyKeys(boolean keys) {
    this.keys = keys;
    return this;
  }

  /** Opens no connection: the first request does. */
  public LibratoClient build() {
    Options options =
        new Options(
            given(user, "LIBRATO_USER"),
            given(token, "LIBRATO_TOKEN"),
            url,
            timeout.toMillis(),
            userAgent,
            sanitizer,
            tags,
            keys,
            new RetryPolicy(
                retries, firstPause.toMillis(), maxPause.toMillis(), maxRetryAfter.toSeconds()));
    Caller caller =
        new Caller(
            new HttpExchange(options),
            options.retry(),
            keys,
            pause == null ? new LatchPause() : pause,
            () -> ThreadLocalRandom.current().nextDouble(),
            clock);
    return new LibratoClient(options, caller, clock);
  }

  private String given(String value, String variable) {
    if (value != null) return value;
    String fallback = environment.apply(variable);
    return fallback == null ? "" : fallback;
  }

  private static Duration atLeastOneMilli(String name, Duration duration) {
    if (duration.toMillis() < 1) {
      throw new IllegalArgumentException(name + " < 1 ms: " + duration);
    }
    return duration;
  }

  private static String defaultUserAgent() {
    String version = LibratoClient.class.getPackage().getImplementationVersion();
    return "zibrato-librato-client/"
        + (version == null ? "development" : version)
        + " (java; "
        + System.getProperty("java.version")
        + "; "
        + System.getProperty("os.arch")
        + "-"
        + System.getProperty("os.name").replace(' ', '-')
        + ")";
  }
}
