package io.zibrato.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KindTest {
  @Test
  void wovenBy_knowsAspectsAndWhatTheirAdviceUses() {
    assertThat(Kind.wovenBy("io/zibrato/aspects/CountMeAspect")).contains(Kind.COUNT);
    assertThat(Kind.wovenBy("io/zibrato/aspects/TimeSite")).contains(Kind.TIME);
    assertThat(Kind.wovenBy("io/zibrato/aspects/GaugeAdvice")).contains(Kind.GAUGE);
  }

  @Test
  void wovenBy_knowsNoOthers() {
    assertThat(Kind.wovenBy("io/zibrato/aspects/CountPattern")).isEmpty();
    assertThat(Kind.wovenBy("io/zibrato/aspects/Sites")).isEmpty();
    assertThat(Kind.wovenBy("com/example/CountMeAspect")).isEmpty();
  }
}
