package io.zibrato.backends.graphite;

import com.beust.jcommander.Parameter;
import io.zibrato.backends.Percentiles;
import io.zibrato.backends.SeriesPath;
import io.zibrato.backends.WorkerFlags;
import io.zibrato.daemon.Address;
import io.zibrato.daemon.SecondsConverter;
import io.zibrato.daemon.UsageException;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** The flags of the Graphite worker. */
final class GraphiteFlags extends WorkerFlags {
  private static final int PLAINTEXT_PORT = 2003;
  private static final int PICKLE_PORT = 2004;

  @Parameter(
      names = "--url",
      description =
          "Where carbon is: tcp://host:port. Without a port it is 2003, and 2004 for pickle")
  private String url = "tcp://127.0.0.1";

  @Parameter(names = "--protocol", description = "plaintext or pickle")
  private String protocol = "plaintext";

  @Parameter(names = "--prefix", description = "Goes before every path, with a dot between")
  private String prefix = "";

  @Parameter(
      names = "--template",
      description = "Where the source and the name of a series go in its path")
  private String template = "{source}.{name}";

  @Parameter(
      names = "--tags",
      description =
          "path, which puts tags into the path, or graphite, for the tags of Graphite 1.1")
  private String tags = "path";

  @Parameter(
      names = "--resolution",
      description =
          "Seconds of the finest step that carbon's storage-schemas.conf keeps for our paths, or a"
              + " multiple of it; what is measured in one is added up")
  private int resolution = 60;

  @Parameter(
      names = "--percentiles",
      description = "Percentiles of timers to send too, such as 50,95,99")
  private String percentiles;

  @Parameter(
      names = "--resend",
      converter = SecondsConverter.class,
      description =
          "Seconds of what was delivered that are sent again when carbon has ended meanwhile, as it"
              + " writes to disk later")
  private Duration resend = Duration.ofMinutes(5);

  @Parameter(
      names = "--timeout",
      converter = SecondsConverter.class,
      description = "Seconds that carbon may take to accept, or to read on")
  private Duration timeout = Duration.ofSeconds(10);

  private GraphiteOptions options;

  /** What the flags say, once they are checked. */
  GraphiteOptions options() {
    return options;
  }

  @Override
  protected void check() throws UsageException {
    super.check();
    boolean pickle = oneOf("--protocol", protocol, "plaintext", "pickle");
    boolean tagged = oneOf("--tags", tags, "path", "graphite");
    URI at = Address.socket("--url", url, List.of("tcp"));
    if (!prefix.isEmpty() && !SeriesPath.isPrefix(prefix))
      throw UsageException.notUsable("--prefix", prefix);
    if (!SeriesPath.isTemplate(template)) throw UsageException.notUsable("--template", template);
    if (resolution < 1 || resolution > 86_400)
      throw UsageException.notUsable("--resolution", "" + resolution);
    int usual = pickle ? PICKLE_PORT : PLAINTEXT_PORT;
    options =
        new GraphiteOptions(
            stateFolder("graphite"),
            Address.host(at),
            at.getPort() < 0 ? usual : at.getPort(),
            pickle,
            prefix,
            template,
            tagged,
            resolution,
            Percentiles.parse(percentiles),
            resend,
            timeout);
  }

  /** Whether it is the second of the two. */
  private static boolean oneOf(String flag, String text, String first, String second)
      throws UsageException {
    if (!text.equals(first) && !text.equals(second)) {
      throw new UsageException(
          flag + ": neither " + first + " nor " + second + ": \"" + text + '"');
    }
    return text.equals(second);
  }
}
