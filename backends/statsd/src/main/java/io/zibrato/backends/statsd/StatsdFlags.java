package io.zibrato.backends.statsd;

import com.beust.jcommander.Parameter;
import io.zibrato.backends.SeriesPath;
import io.zibrato.backends.WorkerFlags;
import io.zibrato.daemon.Address;
import io.zibrato.daemon.SecondsConverter;
import io.zibrato.daemon.UsageException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The flags of the StatsD worker. */
final class StatsdFlags extends WorkerFlags {
  private static final int DEFAULT_PORT = 8125;

  @Parameter(
      names = "--url",
      description = "Where the daemon is: udp://host:port or tcp://host:port")
  private String url = "udp://127.0.0.1:8125";

  @Parameter(
      names = "--dialect",
      description = "statsd, which any daemon understands, or dogstatsd, which has tags")
  private String dialect = "statsd";

  @Parameter(
      names = "--timers",
      description =
          "What timers are sent as: ms, or with dogstatsd h (histograms) or d (distributions)."
              + " Default: ms, and d with dogstatsd")
  private String timers;

  @Parameter(
      names = "--timer-samples",
      description =
          "The most samples that stand for one timer's calls of an interval, besides the rest that"
              + " makes their number exact")
  private int timerSamples = 100;

  @Parameter(
      names = "--mtu",
      description = "Bytes that a packet is filled with, at the most; a longer line goes alone")
  private int mtu = 1432;

  @Parameter(names = "--rate", description = "Packets a second, at the most")
  private int rate = 1000;

  @Parameter(names = "--prefix", description = "Goes before every name, with a dot between")
  private String prefix = "";

  @Parameter(
      names = "--template",
      description = "Where the source and the name of a series go, with the dialect statsd")
  private String template = "{source}.{name}";

  @Parameter(
      names = "--no-confirm",
      description =
          "Over TCP, do not wait until the daemon has read all and closes: for daemons that do not"
              + " close. What one has not read when it dies is lost, and nobody knows")
  private boolean noConfirm;

  @Parameter(
      names = "--timeout",
      converter = SecondsConverter.class,
      description = "Over TCP, seconds that the daemon may take to accept, or to read on")
  private Duration timeout = Duration.ofSeconds(10);

  private StatsdOptions options;

  /** What the flags say, once they are checked. */
  StatsdOptions options() {
    return options;
  }

  @Override
  protected void check() throws UsageException {
    super.check();
    URI at = Address.socket("--url", url, List.of("udp", "tcp"));
    Dialect language = dialectOf();
    String type = timers != null ? timers : language == Dialect.DOGSTATSD ? "d" : "ms";
    if (!Set.of("ms", "h", "d").contains(type)) throw UsageException.notUsable("--timers", type);
    if (!type.equals("ms") && language == Dialect.STATSD) {
      throw new UsageException("--timers: needs --dialect dogstatsd: \"" + type + '"');
    }
    range("--timer-samples", timerSamples, 1, 1_000_000);
    range("--mtu", mtu, 256, 65_000);
    range("--rate", rate, 1, 1_000_000);
    if (!prefix.isEmpty() && !isPrefix(language))
      throw UsageException.notUsable("--prefix", prefix);
    if (!SeriesPath.isTemplate(template)) throw UsageException.notUsable("--template", template);
    options =
        new StatsdOptions(
            at.getScheme().equals("tcp"),
            Address.host(at),
            at.getPort() < 0 ? DEFAULT_PORT : at.getPort(),
            language,
            type,
            timerSamples,
            mtu,
            rate,
            prefix,
            template,
            !noConfirm,
            timeout);
  }

  private boolean isPrefix(Dialect language) {
    return SeriesPath.isPrefix(prefix)
        && (language == Dialect.STATSD || TagNaming.isPrefix(prefix));
  }

  private Dialect dialectOf() throws UsageException {
    for (Dialect each : Dialect.values()) {
      if (each.name().toLowerCase(Locale.ROOT).equals(dialect)) return each;
    }
    throw UsageException.notUsable("--dialect", dialect);
  }

  private static void range(String flag, int value, int least, int most) throws UsageException {
    if (value >= least && value <= most) return;
    throw new UsageException(flag + ": not from " + least + " to " + most + ": \"" + value + '"');
  }
}
