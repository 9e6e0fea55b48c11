package io.zibrato.backends;

import com.beust.jcommander.Parameter;
import io.zibrato.daemon.Flags;
import io.zibrato.daemon.PortConverter;
import io.zibrato.daemon.SecondsConverter;
import io.zibrato.daemon.UsageException;
import io.zibrato.meter.Series;
import io.zibrato.transport.Endpoints;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The flags that every worker has. Extend it with those of a service. */
public class WorkerFlags extends Flags {
  @Parameter(
      names = "--host",
      description = "Where the broker is; several brokers are separated by commas")
  String host = Endpoints.DEFAULT_HOST;

  @Parameter(
      names = "--port",
      converter = PortConverter.class,
      description = "The worker side of the broker, or of all of them")
  int port = Endpoints.WORKER_PORT;

  @Parameter(
      names = "--levels",
      description = "The levels to subscribe to, separated by commas; all but zibrato if not given")
  String levels;

  @Parameter(
      names = "--flush",
      converter = SecondsConverter.class,
      description = "Seconds between deliveries, fractions allowed")
  Duration flush;

  @Parameter(
      names = "--spool-max-mb",
      description =
          "Megabytes of disk for what the service has not taken; past that the oldest is lost")
  int spoolMaxMegabytes = 512;

  @Parameter(
      names = "--spool-max-age",
      converter = SecondsConverter.class,
      description = "Seconds that what the service has not taken is kept; 604800 are a week")
  Duration spoolMaxAge = Duration.ofDays(7);

  @Parameter(
      names = "--retry-max",
      converter = SecondsConverter.class,
      description =
          "Seconds between two tries at the most, unless the service asks for more; the first pauses"
              + " are shorter")
  Duration retryMax = Duration.ofMinutes(5);

  @Parameter(names = "--state", description = StateFolder.DESCRIPTION)
  String state;

  @Parameter(
      names = "--source",
      description =
          "Source of what the worker tells about itself, at level zibrato. Default: the service"
              + " and this machine's name")
  String source = "";

  @Parameter(
      names = "--curve-keys",
      description =
          "Folder of this worker's keys and the brokers', as zibrato-broker keygen makes it; if not"
              + " given, what the environment variable ZIBRATO_CURVE_KEYS says, as for"
              + " applications; nothing is encrypted without")
  String curveKeys;

  @Parameter(
      names = "--health-port",
      converter = PortConverter.class,
      description =
          "Serve GET /health and GET /live on this port of 127.0.0.1; 0 takes a free one. Default:"
              + " do not")
  Integer healthPort;

  private Set<String> endpoints;
  private Set<String> levelSet;

  /** A delivery a minute, unless a flag says otherwise. */
  public WorkerFlags() {
    this(Duration.ofSeconds(60));
  }

  /**
   * @param flush between deliveries, unless a flag says otherwise
   */
  protected WorkerFlags(Duration flush) {
    this.flush = flush;
  }

  /** A subclass that overrides this calls it first. */
  @Override
  protected void check() throws UsageException {
    if (port < 2) throw new UsageException("--port: not a port from 2 to 65535: \"" + port + '"');
    if (spoolMaxMegabytes < 1 || spoolMaxMegabytes > 1_000_000) {
      throw new UsageException(
          "--spool-max-mb: not from 1 to 1000000: \"" + spoolMaxMegabytes + '"');
    }
    if (spoolMaxAge.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new UsageException(
          "--spool-max-age: less than a second: \"" + spoolMaxAge.toMillis() / 1000.0 + '"');
    }
    if (source.length() > Series.MAX_TEXT) {
      throw new UsageException(
          "--source: longer than " + Series.MAX_TEXT + " characters: \"" + source + '"');
    }
    if (retryMax.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new UsageException(
          "--retry-max: less than a second: \"" + retryMax.toMillis() / 1000.0 + '"');
    }
    if (curveKeys != null && curveKeys.isBlank()) {
      throw new UsageException("--curve-keys: blank: \"" + curveKeys + '"');
    }
    endpoints = endpointsOf(host);
    levelSet = levelsOf(levels);
  }

  /** Between deliveries, once the flags are read. */
  protected final Duration flushInterval() {
    return flush;
  }

  /**
   * The folder of the worker's state, once the flags are read.
   *
   * @param service names it, where no flag does
   */
  protected final Path stateFolder(String service) throws UsageException {
    return StateFolder.of(state, service, System.getenv());
  }

  private Set<String> endpointsOf(String hosts) throws UsageException {
    Set<String> endpoints = new LinkedHashSet<>();
    for (String each : hosts.split(",", -1)) {
      String bare = each.trim();
      boolean usable = bare.matches("[A-Za-z0-9._:%\\[\\]-]+");
      if (!usable) throw new UsageException("--host: not a host: \"" + hosts + '"');
      endpoints.add(Endpoints.tcp(bare, port));
    }
    return endpoints;
  }

  private static Set<String> levelsOf(String levels) throws UsageException {
    Set<String> names = new LinkedHashSet<>();
    if (levels == null) return names;
    for (String level : levels.split(",", -1)) {
      try {
        names.add(Series.checkLevel(level.trim()));
      } catch (IllegalArgumentException e) {
        throw new UsageException("--levels: \"" + levels + "\": " + e.getMessage());
      }
    }
    return names;
  }

  /**
   * What the flags say, once they are checked.
   *
   * @param service names the folder of the state, where no flag does
   */
  WorkerOptions options(String service) throws UsageException {
    return new WorkerOptions(
        List.copyOf(endpoints),
        levelSet,
        flush,
        stateFolder(service),
        (long) spoolMaxMegabytes << 20,
        spoolMaxAge,
        retryMax,
        source.isEmpty() ? service + '.' + HostName.here() : source,
        Optional.ofNullable(curveKeys).map(Path::of));
  }
}
