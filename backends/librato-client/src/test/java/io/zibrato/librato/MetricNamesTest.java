package io.zibrato.librato;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MetricNamesTest {
  @Test
  void sanitizeMetricName_makesRunsOneDash() {
    assertThat(MetricNames.sanitizeMetricName("a b\t\nc[d]é/e")).isEqualTo("a-b-c-d-e");
    assertThat(MetricNames.sanitizeMetricName("Az09.:-_")).isEqualTo("Az09.:-_");
    assertThat(MetricNames.sanitizeMetricName("a--b - c")).isEqualTo("a--b---c");
  }

  @Test
  void sanitizeMetricName_cutsAt255() {
    assertThat(MetricNames.sanitizeMetricName("é" + "x".repeat(300)))
        .isEqualTo("-" + "x".repeat(254));
    assertThat(MetricNames.sanitizeMetricName("x".repeat(255))).hasSize(255);
  }
}
