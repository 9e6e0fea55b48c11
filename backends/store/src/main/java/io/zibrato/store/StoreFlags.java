package io.zibrato.store;

import com.beust.jcommander.Parameter;
import io.zibrato.daemon.Flags;
import io.zibrato.daemon.PortConverter;
import io.zibrato.daemon.Secret;
import io.zibrato.daemon.UsageException;
import io.zibrato.store.http.Credentials;
import io.zibrato.store.points.Retention;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The command line of the store. A secret may also come from a file or from the environment. */
final class StoreFlags extends Flags {
  @Parameter(names = "--host", description = "Address to listen on")
  String host = "127.0.0.1";

  @Parameter(
      names = "--port",
      converter = PortConverter.class,
      description = "Port to listen on; 0 picks a free one")
  int port = 7827;

  @Parameter(
      names = "--data",
      description =
          "Directory of the database (default: $XDG_STATE_HOME/zibrato/store, or"
              + " ~/.local/state/zibrato/store)")
  String data;

  @Parameter(names = "--username", description = "User the API asks for (default: $LIBRATO_USER)")
  String username;

  @Parameter(names = "--apitoken", description = "Token the API asks for (default: $LIBRATO_TOKEN)")
  String apitoken;

  @Parameter(
      names = "--apitoken-file",
      description = "File whose first line is the token; keeps it out of the process list")
  String apitokenFile;

  @Parameter(
      names = "--keep-raw",
      converter = Keep.Converter.class,
      description = "How long measurements are kept second by second: 36h, 7d, 4w, 1y or forever")
  Keep keepRaw = Keep.of("7d");

  @Parameter(
      names = "--keep-60s",
      converter = Keep.Converter.class,
      description = "How long they are kept minute by minute")
  Keep keep60s = Keep.of("30d");

  @Parameter(
      names = "--keep-900s",
      converter = Keep.Converter.class,
      description = "How long they are kept by quarters of an hour")
  Keep keep900s = Keep.of("1y");

  @Parameter(
      names = "--keep-3600s",
      converter = Keep.Converter.class,
      description = "How long they are kept hour by hour; what is older is not taken")
  Keep keep3600s = Keep.of("forever");

  private final Map<String, String> environment;
  private StoreOptions options;

  /**
   * @param environment the process's
   */
  StoreFlags(Map<String, String> environment) {
    this.environment = environment;
  }

  /** What the flags say, once they are checked. */
  StoreOptions options() {
    return options;
  }

  @Override
  protected void check() throws UsageException {
    final InetAddress address = address();
    final Optional<Credentials> credentials = credentials();
    if (credentials.isEmpty() && !address.isLoopbackAddress()) {
      throw new UsageException(
          "--host "
              + host
              + ": without --username and --apitoken the store lets everyone in,"
              + " so it listens on loopback (127.0.0.1) only");
    }
    final Retention retention =
        new Retention(
            keepRaw.seconds(), keep60s.seconds(), keep900s.seconds(), keep3600s.seconds());
    options = new StoreOptions(address, port, directory(), credentials, retention);
  }

  private InetAddress address() throws UsageException {
    if (host.isBlank()) {
      throw new UsageException("--host '" + host + "': empty");
    }
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new UsageException("--host " + host + ": unknown host");
    }
  }

  private Path directory() throws UsageException {
    try {
      if (data != null) {
        if (data.isBlank()) {
          throw new UsageException("--data '" + data + "': empty");
        }
        return Path.of(data).toAbsolutePath();
      }
      final String state = environment.getOrDefault("XDG_STATE_HOME", "");
      final Path base =
          state.startsWith("/")
              ? Path.of(state)
              : Path.of(System.getProperty("user.home"), ".local", "state");
      return base.resolve("zibrato").resolve("store");
    } catch (InvalidPathException e) {
      throw new UsageException("--data " + data + ": " + e.getReason());
    }
  }

  private Optional<Credentials> credentials() throws UsageException {
    final String token = Secret.of("--apitoken", apitoken, apitokenFile, or(null, "LIBRATO_TOKEN"));
    final String user = or(username, "LIBRATO_USER");
    if (user == null && token == null) {
      return Optional.empty();
    }
    if (token == null) {
      throw new UsageException("--username " + user + ": no --apitoken, so nothing would be asked");
    }
    if (user == null) {
      throw new UsageException("--apitoken ...: no --username, so nothing would be asked");
    }
    if (user.isEmpty() || user.indexOf(':') >= 0) {
      throw new UsageException("--username '" + user + "': empty, or has a colon");
    }
    if (token.isEmpty()) {
      throw new UsageException("--apitoken '': empty");
    }
    return Optional.of(new Credentials(user, token));
  }

  private String or(String flag, String variable) {
    if (flag != null) {
      return flag;
    }
    final String value = environment.getOrDefault(variable, "");
    return value.isEmpty() ? null : value;
  }
}
