package io.zibrato.samples.demo;

import com.beust.jcommander.Parameter;
import io.zibrato.daemon.Flags;
import io.zibrato.daemon.UsageException;

/** The command line of the demo. */
final class DemoFlags extends Flags {
  private static final int MAX_SECONDS = 31 * 86_400;

  @Parameter(
      names = "--seconds",
      description = "How long the applications are kept busy (default: until Ctrl-C)")
  Integer seconds;

  @Parameter(names = "--store-port", description = "The store's port; 0 is a free one")
  int storePort;

  @Parameter(
      names = "--broker-port",
      description =
          "The broker's port for applications; workers get the one above; 0 is two free ones")
  int brokerPort;

  @Parameter(names = "--http-port", description = "The shop's port; 0 is a free one")
  int httpPort;

  @Parameter(
      names = "--data",
      description =
          "Directory that the store keeps its data in (default: a temporary one, deleted at the"
              + " end)")
  String data;

  @Parameter(
      names = "--home",
      description = "Where Zibrato was built (default: the working directory)")
  String home = "";

  @Parameter(
      names = "--in-place",
      description = "Draw the table over the last one, each second; for a terminal")
  boolean inPlace;

  @Override
  protected void check() throws UsageException {
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
}
