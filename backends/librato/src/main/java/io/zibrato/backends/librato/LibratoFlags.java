package io.zibrato.backends.librato;

import com.beust.jcommander.Parameter;
import io.zibrato.backends.Percentiles;
import io.zibrato.backends.WorkerFlags;
import io.zibrato.daemon.Address;
import io.zibrato.daemon.BasicAuthorization;
import io.zibrato.daemon.SecondsConverter;
import io.zibrato.daemon.Secret;
import io.zibrato.daemon.UsageException;
import io.zibrato.transport.Endpoints;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/** The flags of the Librato worker. */
final class LibratoFlags extends WorkerFlags {
  private static final String USER_VARIABLE = "LIBRATO_USER";
  private static final String TOKEN_VARIABLE = "LIBRATO_TOKEN";

  @Parameter(
      names = "--url",
      description = "Where the Librato API is; our store's default address if not given")
  private String url = "http://127.0.0.1:7827";

  @Parameter(
      names = "--username",
      description = "The Librato user; or environment variable " + USER_VARIABLE)
  private String username;

  @Parameter(
      names = "--apitoken",
      description =
          "The user's API token; others may see it in the process list, so rather use"
              + " --apitoken-file, or environment variable "
              + TOKEN_VARIABLE)
  private String apiToken;

  @Parameter(names = "--apitoken-file", description = "A file that holds the API token")
  private String apiTokenFile;

  @Parameter(
      names = "--percentiles",
      description = "Percentiles of timers to send as gauges name.p50 and so on, such as 50,95,99")
  private String percentiles;

  @Parameter(names = "--prefix", description = "Goes before every name, with a dot between")
  private String prefix = "";

  @Parameter(
      names = "--timeout",
      converter = SecondsConverter.class,
      description = "Seconds that a request may take, fractions allowed")
  private Duration timeout = Duration.ofSeconds(10);

  private final Map<String, String> environment;
  private LibratoOptions options;

  LibratoFlags(Map<String, String> environment) {
    this.environment = environment;
  }

  /** What the flags say, once they are checked. */
  LibratoOptions options() {
    return options;
  }

  @Override
  protected void check() throws UsageException {
    super.check();
    URI base = Address.httpBase("--url", url);
    String user = username != null ? username : environment.getOrDefault(USER_VARIABLE, "");
    String inEnvironment = environment.getOrDefault(TOKEN_VARIABLE, "");
    String token = Secret.of("--apitoken", apiToken, apiTokenFile, inEnvironment);
    checkCredentials(user, token, base);
    if (!LibratoNames.isName(prefix) && !prefix.isEmpty()) {
      throw UsageException.notUsable("--prefix", prefix);
    }
    options =
        new LibratoOptions(base, user, token, Percentiles.parse(percentiles), prefix, timeout);
  }

  /** Both or neither; and neither only where our own store may listen, which asks for none. */
  private static void checkCredentials(String user, String token, URI url) throws UsageException {
    BasicAuthorization.checkUser(user);
    if (token.chars().anyMatch(Character::isISOControl))
      throw new UsageException("--apitoken: has characters no token has");
    if (!user.isEmpty() && token.isEmpty()) {
      throw new UsageException("--apitoken: missing, for --username \"" + user + '"');
    }
    if (user.isEmpty() && !token.isEmpty()) {
      throw new UsageException("--username: missing, for an API token");
    }
    if (user.isEmpty() && !Endpoints.isLoopback(url.getHost())) {
      throw new UsageException("--username: missing, for --url \"" + url + '"');
    }
  }
}
