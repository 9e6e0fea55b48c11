package io.zibrato.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.zibrato.aspects.ConfiguredAspect;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class WeaveReportTest {
  private final List<String> said = new CopyOnWriteArrayList<>();

  @Test
  void summary_namesPatternsThatMatchedNothing() {
    ConfiguredAspect idle = ConfiguredAspect.parse("time.idle", "execution(* no.Such.thing(..))");
    ConfiguredAspect busy = ConfiguredAspect.parse("time.busy", "execution(* a.B.c(..))");
    WeaveReport report = new WeaveReport(List.of(idle, busy), false, 0, said::add);
    report.woven("a.B", "method-execution(void a.B.c())", busy.className());

    report.start();

    await().until(() -> said.size() >= 2);
    assertThat(said.get(0)).isEqualTo("wove 1 sites in 1 classes, 0 errors");
    assertThat(said.get(1)).contains("WARNING").contains("time.idle").contains("no.Such.thing");
    assertThat(said).noneMatch(line -> line.contains("time.busy"));
  }

  @Test
  void sites_countOnceHoweverOftenTheyAreAdvised() {
    WeaveReport report = new WeaveReport(List.of(), true, 0, said::add);
    report.woven("a.B", "method-execution(void a.B.c())", "x");
    report.woven("a.B", "method-execution(void a.B.c())", "y");
    report.woven("a.B", "method-execution(void a.B.d())", "x");
    report.done("a.B");

    report.start();

    await().until(() -> said.size() >= 2);
    assertThat(said.get(0)).startsWith("wove a.B: ").contains("a.B.c()").contains("a.B.d()");
    assertThat(said.get(1)).isEqualTo("wove 2 sites in 1 classes, 0 errors");
  }

  @Test
  void errors_areSaidOnceAndCountedEachTime() {
    WeaveReport report = new WeaveReport(List.of(), false, 0, said::add);
    report.error("bad");
    report.error("bad");

    report.start();

    await().until(() -> said.size() >= 2);
    assertThat(said).containsExactly("bad", "wove 0 sites in 0 classes, 2 errors");
  }
}
