package io.zibrato.backends.statvent;

import com.beust.jcommander.Parameter;
import io.zibrato.daemon.Flags;
import io.zibrato.daemon.PortConverter;
import io.zibrato.daemon.SecondsConverter;
import io.zibrato.daemon.UsageException;
import io.zibrato.meter.Series;
import io.zibrato.transport.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The command line of the web service. */
final class StatventFlags extends Flags {
  private static final Pattern HOST_AND_PORT = Pattern.compile("(.+):([0-9]{1,5})");
  private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");

  @Parameter(names = "--ip", description = "Address to listen on")
  String ip = "127.0.0.1";

  @Parameter(
      names = "--port",
      converter = PortConverter.class,
      description = "Port to listen on; 0 picks a free one")
  int port = 7828;

  @Parameter(names = "--path", description = "Path of the stats")
  String path = "/stats";

  @Parameter(names = "--pipe-dir", description = "Folder of the pipes")
  String pipeDir = Settings.PIPE_DIR.toString();

  @Parameter(
      names = "--timeout",
      converter = SecondsConverter.class,
      description = "Seconds that all processes together may take to answer")
  Duration timeout = Duration.ofMillis(250);

  @Parameter(names = "--keep-pipes", description = "Do not remove pipes of dead processes")
  boolean keepPipes;

  @Parameter(
      names = "--bridge",
      description = "HOST:PORT of a broker's publisher side, to publish the pipes' values there")
  String bridge;

  @Parameter(names = "--bridge-level", description = "Level that they are published at")
  String bridgeLevel = "info";

  @Parameter(
      names = "--bridge-source",
      description = "Source that they are published with (default: this machine's name)")
  String bridgeSource;

  @Parameter(
      names = "--bridge-interval",
      converter = SecondsConverter.class,
      description = "Seconds between two rounds of the bridge")
  Duration bridgeInterval = Duration.ofSeconds(5);

  @Parameter(
      names = "--bridge-gauges",
      description =
          "Regular expression of names that are gauges for the bridge, though their values are"
              + " whole")
  String bridgeGauges;

  @Parameter(
      names = "--curve-keys",
      description = "Folder of the bridge's keys and its broker's, to encrypt what it publishes")
  String curveKeys;

  private StatventOptions options;

  /** What the flags say, once they are checked. */
  StatventOptions options() {
    return options;
  }

  @Override
  protected void check() throws UsageException {
    if (!path.startsWith("/") || path.equals(Web.METRICS) || path.matches(".*[?#\\s].*")) {
      throw new UsageException("--path \"" + path + "\": no path of its own, such as /stats");
    }
    options =
        new StatventOptions(
            address(), port, path, folder("--pipe-dir", pipeDir), timeout, !keepPipes, bridge());
  }

  private InetAddress address() throws UsageException {
    try {
      if (!ip.isBlank()) return InetAddress.getByName(ip);
    } catch (UnknownHostException e) {
      // Said below, as for an empty one.
    }
    throw new UsageException("--ip \"" + ip + "\": no address of this machine");
  }

  private static Path folder(String flag, String text) throws UsageException {
    try {
      if (!text.isBlank()) return Path.of(text).toAbsolutePath();
    } catch (InvalidPathException e) {
      // Said below, as for an empty one.
    }
    throw new UsageException(flag + " \"" + text + "\": no folder");
  }

  private Optional<StatventOptions.BridgeOptions> bridge() throws UsageException {
    if (bridge == null) return Optional.empty();
    Matcher matcher = HOST_AND_PORT.matcher(bridge);
    if (!matcher.matches()
        || Integer.parseInt(matcher.group(2)) > 65535
        || Integer.parseInt(matcher.group(2)) < 1) {
      throw new UsageException("--bridge \"" + bridge + "\": not HOST:PORT");
    }
    try {
      Series.checkLevel(bridgeLevel);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--bridge-level \"" + bridgeLevel + "\": " + e.getMessage());
    }
    String source = bridgeSource == null ? hostName() : bridgeSource;
    if (source.length() > Series.MAX_TEXT) {
      throw new UsageException("--bridge-source \"" + source + "\": too long");
    }
    return Optional.of(
        new StatventOptions.BridgeOptions(
            matcher.group(1),
            Integer.parseInt(matcher.group(2)),
            bridgeLevel,
            source,
            bridgeInterval,
            gauges(),
            curveKeys == null ? Optional.empty() : Optional.of(folder("--curve-keys", curveKeys))));
  }

  private Pattern gauges() throws UsageException {
    try {
      return Pattern.compile(bridgeGauges == null ? "(?!)" : bridgeGauges);
    } catch (PatternSyntaxException e) {
      throw new UsageException("--bridge-gauges \"" + bridgeGauges + "\": " + e.getDescription());
    }
  }

  /** The kernel's word first, since asking the resolver for our own name can take seconds. */
  private static String hostName() {
    try {
      if (Files.isReadable(HOST_NAME)) return Files.readString(HOST_NAME).strip();
      return InetAddress.getLocalHost().getHostName();
    } catch (IOException e) {
      return "unknown-host";
    }
  }
}
