package io.zibrato.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BoundsTest {
  private static final String ONE_THREAD = ", 1 thread, JDK 17.0.1";
  private static final String TWO_THREADS = ", 2 threads, JDK 17.0.1";

  private static JmhJson floors() {
    return new JmhJson()
        .with("calls.Floors.plain", 1, 0, "[[0.5]]")
        .with("calls.Floors.longAdder", 1, 0, "[[2]]")
        .with("calls.Floors.longAdder", 2, 0, "[[2]]")
        .with("calls.Floors.twoNanoTimes", 1, 0, "[[50]]");
  }

  private static List<Verdict> verdicts(JmhJson json) {
    Set<String> names = new LinkedHashSet<>();
    for (Measured measured : json.read()) names.add(measured.name());
    return Bounds.verdicts(json.read(), names);
  }

  private static Verdict verdict(JmhJson json, String what) {
    return verdicts(json).stream()
        .filter(verdict -> verdict.what().equals(what))
        .findFirst()
        .orElseThrow(() -> new AssertionError(what + " is not in " + verdicts(json)));
  }

  @Test
  void count_isHeldAgainstLongAdder() {
    JmhJson json =
        floors()
            .with("calls.CompileTime.count", 1, 0, "[[2.4]]")
            .with("calls.CompileTime.count", 2, 0, "[[2.4]]");

    Verdict one = verdict(json, "CompileTime.count / Floors.longAdder" + ONE_THREAD);
    Verdict two = verdict(json, "CompileTime.count / Floors.longAdder, 2 threads, JDK 17.0.1");
    assertThat(one.measured()).isCloseTo(1.2, within(1e-9));
    assertThat(one.holds()).isTrue();
    assertThat(two.holds()).isFalse();
  }

  @Test
  void time_isHeldAgainstTheClock() {
    Verdict kept =
        verdict(
            floors().with("calls.LoadTime.time", 1, 0, "[[56]]"),
            "LoadTime.time / Floors.twoNanoTimes" + ONE_THREAD);
    Verdict broken =
        verdict(
            floors().with("calls.LoadTime.time", 1, 0, "[[57]]"),
            "LoadTime.time / Floors.twoNanoTimes" + ONE_THREAD);

    assertThat(kept.holds()).isTrue();
    assertThat(broken.holds()).isFalse();
  }

  @Test
  void unwanted_isHeldAgainstThePlainMethod() {
    JmhJson json =
        floors()
            .with("calls.CompileTime.countUnwanted", 1, 0, "[[1.4]]")
            .with("calls.CompileTime.timeUnwanted", 1, 0, "[[1.6]]");

    assertThat(verdict(json, "CompileTime.countUnwanted - Floors.plain" + ONE_THREAD).holds())
        .isTrue();
    assertThat(verdict(json, "CompileTime.timeUnwanted - Floors.plain" + ONE_THREAD).holds())
        .isFalse();
  }

  @Test
  void sampledAndGauge_areHeldAgainstNanoseconds() {
    JmhJson json =
        floors()
            .with("calls.CompileTime.timeSampled", 1, 0, "[[8.5]]")
            .with("calls.ByCalls.gaugeByName", 1, 0, "[[59]]")
            .with("calls.GaugesWithRoom.gaugeKept", 1, 0, "[[61]]");

    assertThat(verdict(json, "CompileTime.timeSampled" + ONE_THREAD).holds()).isFalse();
    assertThat(verdict(json, "ByCalls.gaugeByName" + ONE_THREAD).holds()).isTrue();
    assertThat(verdict(json, "GaugesWithRoom.gaugeKept" + ONE_THREAD).holds()).isFalse();
  }

  @Test
  void stat_isHeldAgainstACounterByName() {
    JmhJson json =
        floors()
            .with("calls.ByCalls.statIncr", 1, 0, "[[11]]")
            .with("calls.ByCalls.statIncr", 2, 0, "[[12]]")
            .with("calls.ByCalls.countByName", 1, 0, "[[10.1]]")
            .with("calls.ByCalls.countByName", 2, 0, "[[10]]");

    String name = "ByCalls.statIncr / ByCalls.countByName";
    assertThat(verdict(json, name + ONE_THREAD).holds()).isTrue();
    assertThat(verdict(json, name + TWO_THREADS).holds()).isFalse();
  }

  @Test
  void allocation_namesTheShapeWithMost() {
    JmhJson json =
        floors()
            .with("calls.LoadTimeShapes.call", "count int", 1, 0.04, "[[1]]")
            .with("calls.LoadTimeShapes.call", "time throwing", 1, 24, "[[1]]");

    Verdict verdict =
        verdict(
            json,
            "LoadTime, any of its shapes, allocated a call (most: call: time throwing)"
                + ONE_THREAD);
    assertThat(verdict.measured()).isEqualTo(24);
    assertThat(verdict.holds()).isFalse();
  }

  @Test
  void allocation_ofAConstructorIsWithoutTheObject() {
    JmhJson json =
        floors()
            .with("calls.LoadTimeShapes.call", "plain constructor", 1, 24, "[[1]]")
            .with("calls.LoadTimeShapes.call", "time constructor", 1, 24.01, "[[1]]");

    Verdict verdict =
        verdict(
            json,
            "LoadTime, any of its shapes, allocated a call (most: call: time constructor)"
                + ONE_THREAD);
    assertThat(verdict.measured()).isCloseTo(0.01, within(1e-9));
    assertThat(verdict.holds()).isTrue();
  }

  @Test
  void allocation_belowWhatJmhItselfShowsIsNothing() {
    JmhJson json = floors().with("calls.CompileTime.count", 1, 0.04, "[[2]]");

    assertThat(
            verdict(json, "CompileTime, any of these, allocated a call (most: count)" + ONE_THREAD)
                .holds())
        .isTrue();
  }

  @Test
  void whatGaveNoResult_keepsNoBound() {
    List<Verdict> verdicts = Bounds.verdicts(floors().read(), Set.of("CompileTime.count"));

    assertThat(verdicts).isNotEmpty().noneMatch(Verdict::holds);
  }

  @Test
  void whatWasNotToBeMeasured_hasNoVerdict() {
    assertThat(verdicts(floors())).isEmpty();
  }
}
