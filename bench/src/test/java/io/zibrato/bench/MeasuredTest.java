package io.zibrato.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MeasuredTest {
  @Test
  void read_takesTheMedianOverAllForks() {
    JmhJson json = new JmhJson().with("calls.Floors.plain", 2, 0.25, "[[9, 1], [3]]");

    Measured measured = json.read().get(0);

    assertThat(measured.name()).isEqualTo("Floors.plain");
    assertThat(measured.threads()).isEqualTo(2);
    assertThat(measured.jdk()).isEqualTo("17.0.1 Some VM");
    assertThat(measured.median()).isEqualTo(3);
    assertThat(measured.least()).isEqualTo(1);
    assertThat(measured.most()).isEqualTo(9);
    assertThat(measured.error()).isNaN();
    assertThat(measured.bytes()).isEqualTo(0.25);
  }

  @Test
  void read_medianOfAnEvenNumberIsBetweenTheMiddleTwo() {
    JmhJson json = new JmhJson().with("calls.Floors.plain", 1, 0, "[[4, 1], [2, 9]]");

    assertThat(json.read().get(0).median()).isEqualTo(3);
  }

  @Test
  void read_namesTheShape() {
    JmhJson json = new JmhJson().with("calls.LoadTimeShapes.call", "time long", 1, 0, "[[1]]");

    assertThat(json.read().get(0).name()).isEqualTo("LoadTimeShapes.call: time long");
  }
}
