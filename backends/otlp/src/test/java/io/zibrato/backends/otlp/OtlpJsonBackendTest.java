package io.zibrato.backends.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import io.zibrato.backends.CounterTotal;
import io.zibrato.backends.SeriesKey;
import org.junit.jupiter.api.Test;

/** The contract, in JSON. */
class OtlpJsonBackendTest extends OtlpBackendTest {
  @Override
  boolean json() {
    return true;
  }

  /** OTLP's JSON wants 64 bits as texts, and enums as numbers. */
  @Test
  void body_isOtlpsJson() throws Exception {
    backend().flush(counters(new CounterTotal(new SeriesKey("n", ""), Long.MAX_VALUE)));

    assertThat(service.requests().get(0).body())
        .contains("\"asInt\":\"9223372036854775807\"")
        .contains("\"timeUnixNano\":\"1700000060000000000\"")
        .contains("\"aggregationTemporality\":2,\"isMonotonic\":true");
  }
}
