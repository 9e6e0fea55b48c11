package io.zibrato.samples.demo;

import com.beust.jcommander.JCommander;
import com.beust.jcommander.Parameter;
import com.beust.jcommander.ParameterException;

/** The command line of the demo. */
final class DemoFlags {
  private static final int MAX_SECONDS = 31 * 86_400;

  @Parameter(
      names = "--seconds",
      order = 0,
      description = "How long the applications are kept busy (default: until Ctrl-C)")
  Integer seconds;

  @Parameter(names = "--store-port", order = 1, description = "The store's port; 0 is a free one")
  int storePort;

  @Parameter(
      names = "--broker-port",
      order = 2,
      description =
          "The broker's port for applications; workers get the one above; 0 is two free ones")
  int brokerPort;

  @Parameter(names = "--http-port", order = 3, description = "The shop's port; 0 is a free one")
  int httpPort;

  @Parameter(
      names = "--data",
      order = 4,
      description =
          "Directory that the store keeps its data in (default: a temporary one, deleted at the"
              + " end)")
  String data;

  @Parameter(
      names = "--home",
      order = 5,
      description = "Where Zibrato was built (default: the working directory)")
  String home = "";

  @Parameter(
      names = "--in-place",
      order = 6,
      description = "Draw the table over the last one, each second; for a terminal")
  boolean inPlace;

  @Parameter(names = "--help", order = 7, help = true, description = "Print this and exit")
  boolean help;

  @Parameter(
      names = "--version",
      order = 8,
      help = true,
      description = "Print the version and exit")
  boolean version;

  private final JCommander commander =
      JCommander.newBuilder()
          .programName("zibrato demo")
          .columnSize(110)
          .expandAtSign(false)
          .addObject(this)
          .build();

  static DemoFlags parse(String... args) throws UsageException {
    DemoFlags flags = new DemoFlags();
    try {
      flags.commander.parse(args);
    } catch (ParameterException e) {
      throw new UsageException(e.getMessage());
    }
    flags.check();
    return flags;
  }

  private void check() throws UsageException {
    if (seconds != null && (seconds < 1 || seconds > MAX_SECONDS)) {
      throw new UsageException("--seconds: not from 1 to " + MAX_SECONDS + ": \"" + seconds + '"');
    }
    checkPort("--store-port", storePort, 65_535);
    checkPort("--broker-port", brokerPort, 65_534);
    checkPort("--http-port", httpPort, 65_535);
  }

  private static void checkPort(String flag, int port, int most) throws UsageException {
    if (port < 0 || port > most) {
      throw new UsageException(flag + ": not a port from 0 to " + most + ": \"" + port + '"');
    }
  }

  String usage() {
    StringBuilder usage = new StringBuilder();
    commander.getUsageFormatter().usage(usage);
    return usage.toString();
  }
}
