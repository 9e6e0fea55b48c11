package io.zibrato.backends;

import com.beust.jcommander.Parameter;
import io.zibrato.daemon.SecondsConverter;
import io.zibrato.daemon.UsageException;
import java.time.Duration;

/** The flags of a worker whose service takes {@link Totals}. Extend it with those of a service. */
public class TotalsFlags extends WorkerFlags {
  @Parameter(
      names = "--stale-after",
      converter = SecondsConverter.class,
      description =
          "Seconds that a series is kept that nothing comes for; it begins at zero when it comes"
              + " back. 86400 are a day")
  private Duration staleAfter = Duration.ofDays(1);

  @Parameter(
      names = "--max-series",
      description =
          "The most series that totals are kept of; of more nothing is sent, and that is counted")
  private int maxSeries = 100_000;

  @Override
  protected void check() throws UsageException {
    super.check();
    if (staleAfter.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new UsageException(
          "--stale-after: less than a second: \"" + staleAfter.toMillis() / 1000.0 + '"');
    }
    if (maxSeries < 1) throw new UsageException("--max-series: below 1: \"" + maxSeries + '"');
  }

  /**
   * What the flags say, once they are checked.
   *
   * @param service names the folder of the state, where no flag does
   */
  public final Totals.Settings totals(String service) throws UsageException {
    return new Totals.Settings(stateFolder(service), staleAfter, maxSeries);
  }
}
