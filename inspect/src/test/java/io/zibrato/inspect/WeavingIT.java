package io.zibrato.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeavingIT {
  @TempDir static Path folder;
  private static Path unwoven;

  @BeforeAll
  static void copy() throws IOException {
    unwoven = Workbench.unwoven(folder.resolve("unwoven"), "Orders", "Audited");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-Xlint:ignore", "-XnoInline", "-XnotReweavable", "-g:none"})
  void all_isWoven(String option) throws IOException {
    Path to = folder.resolve("woven" + option);
    Workbench.woven(unwoven, to, Workbench.aspects(), option);

    Findings before = Workbench.inspect(unwoven);
    Findings after = Workbench.inspect(to);

    assertThat(before.of(Woven.YES)).isZero();
    assertThat(before.of(Woven.NO)).isEqualTo(before.annotated());
    assertThat(after.of(Woven.YES)).isEqualTo(after.annotated()).isEqualTo(before.annotated());
    assertThat(after.warnings()).isEmpty();
  }

  @Test
  void aspectsThatAreMissing_leaveTheirAnnotationsUnwoven() throws IOException {
    Path old = Workbench.aspectsWithout("Time", folder.resolve("old"));
    Path to = Workbench.woven(unwoven, folder.resolve("woven-old"), old);

    Findings findings = Workbench.inspect(to);

    Map<Kind, List<Woven>> woven = new TreeMap<>();
    for (Kind kind : Kind.values()) {
      woven.put(
          kind,
          findings.sites().stream()
              .filter(site -> site.asked().kind() == kind)
              .map(Site::woven)
              .distinct()
              .toList());
    }
    assertThat(woven)
        .containsEntry(Kind.COUNT, List.of(Woven.YES))
        .containsEntry(Kind.TIME, List.of(Woven.NO))
        .containsEntry(Kind.GAUGE, List.of(Woven.YES));
    assertThat(Workbench.warnings(findings, "Orders.later(int)"))
        .containsExactly(
            "not-woven: @TimeMe is not woven: its class is, but not with TimeMeAspect");
  }

  @Test
  void surprises_remainOnceWoven() throws IOException {
    Path from = Workbench.unwoven(folder.resolve("surprises"), "Surprises");
    Path to = Workbench.woven(from, folder.resolve("woven-surprises"), Workbench.aspects());

    Findings findings = Workbench.inspect(to);

    assertThat(findings.of(Woven.NO)).isZero();
    assertThat(findings.of(Woven.NEVER)).isEqualTo(6);
    assertThat(Workbench.warnings(findings, "Surprises.neverReturns()"))
        .containsExactly("no-number: @GaugeMe is on a method that never returns");
    assertThat(Workbench.warnings(findings, "Surprises$Shown.call()"))
        .containsExactly(
            "no-code: @CountMe is on a bridge to an inherited method: it is never woven");
  }
}
