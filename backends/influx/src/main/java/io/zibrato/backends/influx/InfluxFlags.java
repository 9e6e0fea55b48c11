package io.zibrato.backends.influx;

import com.beust.jcommander.Parameter;
import io.zibrato.backends.Percentiles;
import io.zibrato.backends.WorkerFlags;
import io.zibrato.daemon.Address;
import io.zibrato.daemon.BasicAuthorization;
import io.zibrato.daemon.SecondsConverter;
import io.zibrato.daemon.Secret;
import io.zibrato.daemon.UsageException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** The flags of the InfluxDB worker. */
final class InfluxFlags extends WorkerFlags {
  private static final String USER_VARIABLE = "INFLUX_USERNAME";
  private static final String PASSWORD_VARIABLE = "INFLUX_PASSWORD";
  private static final String TOKEN_VARIABLE = "INFLUX_TOKEN";
  private static final String DEFAULT_DB = "zibrato";
  private static final int MAX_TAGS = 20;

  @Parameter(names = "--url", description = "Where InfluxDB is: http://host:port")
  private String url = "http://127.0.0.1:8086";

  @Parameter(
      names = "--db",
      description =
          "The database of InfluxDB 1; " + DEFAULT_DB + " if neither it nor --bucket is given")
  private String db = "";

  @Parameter(
      names = "--retention-policy",
      description = "Of the database; its default one if not given")
  private String retentionPolicy = "";

  @Parameter(
      names = "--username",
      description = "The user of InfluxDB 1; or environment variable " + USER_VARIABLE)
  private String username;

  @Parameter(
      names = "--password",
      description =
          "The user's password; others may see it in the process list, so rather use"
              + " --password-file, or environment variable "
              + PASSWORD_VARIABLE)
  private String password;

  @Parameter(names = "--password-file", description = "A file that holds the password")
  private String passwordFile;

  @Parameter(names = "--bucket", description = "The bucket of InfluxDB 2; instead of --db")
  private String bucket = "";

  @Parameter(
      names = "--org",
      description = "The organization that the bucket belongs to; InfluxDB 2 asks for it")
  private String org = "";

  @Parameter(
      names = "--token",
      description =
          "The token of InfluxDB 2; others may see it in the process list, so rather use"
              + " --token-file, or environment variable "
              + TOKEN_VARIABLE)
  private String token;

  @Parameter(names = "--token-file", description = "A file that holds the token")
  private String tokenFile;

  @Parameter(
      names = "--tags",
      description = "Tags that all points get, such as site=berlin,worker=a")
  private String tags = "";

  @Parameter(
      names = "--percentiles",
      description = "Percentiles of timers to send as fields p50_ns and so on, such as 50,95,99")
  private String percentiles;

  @Parameter(names = "--no-gzip", description = "Requests are not compressed")
  private boolean plain;

  @Parameter(
      names = "--timeout",
      converter = SecondsConverter.class,
      description = "Seconds that a request may take, fractions allowed")
  private Duration timeout = Duration.ofSeconds(10);

  private final Map<String, String> environment;
  private InfluxOptions options;

  InfluxFlags(Map<String, String> environment) {
    this.environment = environment;
  }

  /** What the flags say, once they are checked. */
  InfluxOptions options() {
    return options;
  }

  @Override
  protected void check() throws UsageException {
    super.check();
    URI base = Address.httpBase("--url", url);
    boolean second = !bucket.isEmpty();
    if (second) rejectBeside("--bucket", "--db", db);
    if (second) rejectBeside("--bucket", "--retention-policy", retentionPolicy);
    if (!second) rejectBeside("--db", "--org", org);
    String database = db.isEmpty() ? DEFAULT_DB : db;
    options =
        new InfluxOptions(
            URI.create(base + (second ? bucketPath() : dbPath(database))),
            second ? "bucket \"" + bucket + '"' : "database \"" + database + '"',
            second ? ofToken() : ofUser(),
            tagMap(),
            Percentiles.parse(percentiles),
            !plain,
            timeout);
  }

  private static void rejectBeside(String flag, String other, String value) throws UsageException {
    if (value.isEmpty()) return;
    throw new UsageException(other + ": does not go with " + flag + ": \"" + value + '"');
  }

  private String dbPath(String database) {
    String policy = retentionPolicy.isEmpty() ? "" : "&rp=" + encoded(retentionPolicy);
    return "/write?db=" + encoded(database) + policy;
  }

  private String bucketPath() {
    String organization = org.isEmpty() ? "" : "org=" + encoded(org) + '&';
    return "/api/v2/write?" + organization + "bucket=" + encoded(bucket) + "&precision=ns";
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private String ofUser() throws UsageException {
    String user = username != null ? username : environment.getOrDefault(USER_VARIABLE, "");
    String inEnvironment = environment.getOrDefault(PASSWORD_VARIABLE, "");
    String secret = Secret.of("--password", password, passwordFile, inEnvironment);
    if (token != null || tokenFile != null) {
      throw new UsageException("--token: without --bucket; InfluxDB 1 takes --username");
    }
    return BasicAuthorization.of(user, secret);
  }

  private String ofToken() throws UsageException {
    String inEnvironment = environment.getOrDefault(TOKEN_VARIABLE, "");
    String secret = Secret.of("--token", token, tokenFile, inEnvironment);
    if (username != null) throw UsageException.notUsable("--username", username);
    if (!secret.matches("[!-~]*")) {
      throw new UsageException("--token: has characters no token has");
    }
    return secret.isEmpty() ? "" : "Token " + secret;
  }

  private Map<String, String> tagMap() throws UsageException {
    Map<String, String> map = new TreeMap<>();
    if (tags.isBlank()) return map;
    for (String each : tags.split(",", -1)) {
      String[] pair = each.strip().split("=", 2);
      boolean usable = pair.length == 2 && PointKey.isTag(pair[0], pair[1]);
      if (!usable || map.put(pair[0], pair[1]) != null || map.size() > MAX_TAGS) {
        throw UsageException.notUsable("--tags", tags);
      }
    }
    return map;
  }
}
