package io.zibrato.backends.prometheus;

import com.beust.jcommander.Parameter;
import io.zibrato.backends.TotalsFlags;
import io.zibrato.daemon.Address;
import io.zibrato.daemon.BasicAuthorization;
import io.zibrato.daemon.SecondsConverter;
import io.zibrato.daemon.Secret;
import io.zibrato.daemon.UsageException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The flags of the Prometheus worker. */
final class PrometheusFlags extends TotalsFlags {
  private static final String LISTEN = "127.0.0.1:9464";
  private static final String PASSWORD_VARIABLE = "PROMETHEUS_PASSWORD";

  @Parameter(
      names = "--listen",
      description =
          "Where to be scraped, host:port, at /metrics; "
              + LISTEN
              + " if neither this nor --remote-write is given, which exclude each other")
  private String listen;

  @Parameter(
      names = "--remote-write",
      description =
          "Where to send to, by remote-write 1.0; http://127.0.0.1:8428/api/v1/write for one")
  private String remoteWrite;

  @Parameter(names = "--username", description = "The user at --remote-write, if it asks for one")
  private String username = "";

  @Parameter(
      names = "--password",
      description =
          "The user's password; others may see it in the process list, so rather use"
              + " --password-file, or environment variable "
              + PASSWORD_VARIABLE)
  private String password;

  @Parameter(names = "--password-file", description = "A file that holds the password")
  private String passwordFile;

  @Parameter(
      names = "--timeout",
      converter = SecondsConverter.class,
      description = "Seconds that a request of remote-write may take, fractions allowed")
  private Duration timeout = Duration.ofSeconds(10);

  @Parameter(
      names = "--buckets-per-doubling",
      description = "How fine classic histograms are, 1, 2, 4, 8 or 16; native ones have 16 always")
  private int bucketsPerDoubling = 1;

  private final Map<String, String> environment;
  private PrometheusOptions options;

  PrometheusFlags(Map<String, String> environment) {
    this.environment = environment;
  }

  /** What the flags say, once they are checked. */
  PrometheusOptions options() {
    return options;
  }

  @Override
  protected void check() throws UsageException {
    super.check();
    Optional<URI> target =
        remoteWrite == null
            ? Optional.empty()
            : Optional.of(Address.http("--remote-write", remoteWrite));
    if (listen != null && target.isPresent()) {
      throw new UsageException(
          "--listen: does not go with --remote-write, start a worker for each: \"" + listen + '"');
    }
    String address = listen == null && target.isEmpty() ? LISTEN : listen;
    Optional<InetSocketAddress> at =
        address == null ? Optional.empty() : Optional.of(Address.hostAndPort("--listen", address));
    if (bucketsPerDoubling < 1
        || bucketsPerDoubling > 16
        || Integer.bitCount(bucketsPerDoubling) != 1) {
      throw UsageException.notUsable("--buckets-per-doubling", "" + bucketsPerDoubling);
    }
    options =
        new PrometheusOptions(
            totals("prometheus"), at, target, authorization(), timeout, bucketsPerDoubling);
  }

  private String authorization() throws UsageException {
    String secret =
        Secret.of("--password", password, passwordFile, environment.get(PASSWORD_VARIABLE));
    return BasicAuthorization.of(username, secret == null ? "" : secret);
  }
}
