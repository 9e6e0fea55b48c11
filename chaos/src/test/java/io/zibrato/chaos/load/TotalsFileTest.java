package io.zibrato.chaos.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TotalsFileTest {
  @TempDir private Path dir;

  @Test
  void totals_areReadWhileTheyAreWritten() throws Exception {
    TotalsFile written = TotalsFile.create(dir.resolve("t"));
    TotalsFile read = TotalsFile.read(dir.resolve("t"));
    written.add(Measured.COUNT, 0, 5);
    written.add(Measured.COUNT, 1, 7);
    written.add(Measured.NANOS, 1, 1);

    assertThat(read.total(Measured.COUNT)).isEqualTo(12);
    assertThat(read.total(Measured.NANOS)).isEqualTo(1);
    assertThat(read.left()).isFalse();
    written.leaves();
    assertThat(read.left()).isTrue();
  }

  @Test
  void totalAt_isNeverMoreThanItWas() throws Exception {
    TotalsFile totals = TotalsFile.create(dir.resolve("t"));
    long before = System.nanoTime();
    totals.add(Measured.COUNT, 0, 5);
    totals.sample();
    long between = System.nanoTime();
    totals.add(Measured.COUNT, 0, 5);
    totals.sample();

    assertThat(totals.totalAt(Measured.COUNT, before)).isZero();
    assertThat(totals.totalAt(Measured.COUNT, between)).isEqualTo(5);
    assertThat(totals.totalAt(Measured.COUNT, System.nanoTime())).isEqualTo(10);
  }

  @Test
  void read_waitsForAWholeFile() throws Exception {
    Files.write(dir.resolve("t"), new byte[100]);

    assertThat(TotalsFile.read(dir.resolve("t"))).isNull();
  }
}
