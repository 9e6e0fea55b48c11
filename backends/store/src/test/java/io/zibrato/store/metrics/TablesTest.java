package io.zibrato.store.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TablesTest extends TablesCase {

  @Test
  void deleteMetrics_readsWhatWaitsOnce() throws Exception {
    gauges(5, 2);
    writer.apply(
        connection -> {
          final CountedReads counted = new CountedReads(connection);
          final Tables own = new Tables(counted.connection());
          own.deleteMetrics(own.matching("m*"));
          assertThat(counted.reads()).isOne();
          return null;
        });

    assertThat(database.<Long>read(Tally::metrics)).isZero();
    assertThat(database.<Long>read(c -> Tally.read(c, "measurements"))).isZero();
  }
}
