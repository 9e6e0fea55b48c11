package io.zibrato.chaos.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.zibrato.chaos.load.Totals;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An oracle that cannot say no is none. */
class VerdictTest {
  private static final String CALLS = "taken\tk\tchaos.calls app-1 3 0.5";

  @TempDir private Path dir;
  private Oracle oracle;

  @BeforeEach
  void count() throws Exception {
    Totals.write(dir.resolve("app-1.totals"), 100, 3, 2);
    oracle = new Oracle(dir, List.of("a"));
    spool("closed 4 x", "delivered 2 x", "ambiguous 1 x", "refused 2");
    refused(2);
  }

  private void spool(String... lines) throws Exception {
    Files.write(dir.resolve("a.spool"), List.of(lines));
  }

  private void refused(int sum) throws Exception {
    String line =
        "  CounterTotal[key=SeriesKey[name=chaos.poison, source=app-1, tags={}], sum="
            + sum
            + "]: 400\n";
    Files.writeString(dir.resolve("a.spool"), line, StandardOpenOption.APPEND);
  }

  private void taken(String... lines) throws Exception {
    Files.write(dir.resolve("a.journal"), List.of(lines));
  }

  private static String line(String how, String key, int count) {
    return how + '\t' + key + "\tchaos.count app-1 - " + count;
  }

  private boolean holds() throws Exception {
    oracle.await(0);
    for (Service service : oracle.services()) service.read(oracle.spool(service));
    Verdict verdict = new Verdict(oracle);
    verdict.lines();
    return verdict.holds();
  }

  @Test
  void exactTotals_hold() throws Exception {
    taken(line("taken", "1", 60), line("taken", "2", 40), CALLS);
    assertThat(holds()).isTrue();
  }

  @Test
  void missingCounts_doNot() throws Exception {
    taken(line("taken", "1", 60), line("taken", "2", 39), CALLS);
    assertThat(holds()).isFalse();
  }

  @Test
  void countsTooMany_doNot() throws Exception {
    taken(line("taken", "1", 60), line("taken", "2", 41), CALLS);
    assertThat(holds()).isFalse();
  }

  @Test
  void requestTwice_holdsWhereTheWorkerToldOfIt() throws Exception {
    taken(line("taken", "1", 60), line("again", "1", 60), line("taken", "2", 40), CALLS);
    assertThat(holds()).isTrue();
  }

  @Test
  void requestsTwiceThatNobodyToldOf_doNot() throws Exception {
    taken(
        line("taken", "1", 60),
        line("again", "1", 60),
        line("taken", "2", 40),
        line("again", "2", 40),
        CALLS);
    assertThat(holds()).isFalse();
  }

  @Test
  void sumsThatDoNotComeOut_doNot() throws Exception {
    taken(line("taken", "1", 60), line("taken", "2", 40), CALLS);
    spool("closed 5 x", "delivered 2 x", "ambiguous 1 x", "refused 2");
    refused(2);
    assertThat(holds()).isFalse();
  }

  @Test
  void refusedCountsThatNobodyKept_doNot() throws Exception {
    taken(line("taken", "1", 60), line("taken", "2", 40), CALLS);
    spool("closed 3 x", "delivered 2 x", "refused 1");
    refused(1);
    assertThat(holds()).isFalse();
  }

  @Test
  void killedApplication_mayMissWhatItCountedLast() throws Exception {
    taken(line("taken", "1", 60), CALLS);
    oracle.application("app-1").killed(Long.MIN_VALUE / 2 + System.nanoTime());
    assertThat(holds()).isTrue();
  }

  @Test
  void killedApplication_missesNothingElse() throws Exception {
    taken(line("taken", "1", 60), CALLS);
    oracle.application("app-1").killed(System.nanoTime());
    assertThat(holds()).isFalse();
  }

  @Test
  void gaugeValueInTwoRequests_doesNot() throws Exception {
    taken(
        line("taken", "1", 60),
        line("taken", "2", 40),
        CALLS,
        "taken\t3\tchaos.values app-1 - 1",
        "taken\t4\tchaos.values app-1 - 1");
    assertThat(holds()).isFalse();
  }
}
