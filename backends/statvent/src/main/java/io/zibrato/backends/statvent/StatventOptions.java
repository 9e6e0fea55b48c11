package io.zibrato.backends.statvent;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the service is opened with.
 *
 * @param address where it listens
 * @param port 0 picks a free one
 * @param path of the stats
 * @param pipeDir the folder of the pipes; need not be there yet
 * @param limit how long a process may take to answer
 * @param remove whether pipes of dead processes are removed
 * @param bridge none, and nothing is published
 */
record StatventOptions(
    InetAddress address,
    int port,
    String path,
    Path pipeDir,
    Duration limit,
    boolean remove,
    Optional<BridgeOptions> bridge) {

  /**
   * Where and how the pipes' values are published.
   *
   * @param source of all series
   * @param interval between two rounds
   * @param gauges names that are gauges, though their values are whole
   */
  record BridgeOptions(
      String host,
      int port,
      String level,
      String source,
      Duration interval,
      Pattern gauges,
      Optional<Path> curveKeys) {}
}
