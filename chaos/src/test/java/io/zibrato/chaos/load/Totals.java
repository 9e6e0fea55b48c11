package io.zibrato.chaos.load;

import java.io.IOException;
import java.nio.file.Path;

/** Writes totals as an application does. */
public final class Totals {
  private Totals() {}

  public static void write(Path file, long counts, long calls, long poison) throws IOException {
    TotalsFile totals = TotalsFile.create(file);
    totals.add(Measured.COUNT, 0, counts);
    totals.add(Measured.CALLS, 0, calls);
    totals.add(Measured.POISON, 0, poison);
    totals.add(Measured.VALUES, 0, 10);
    totals.sample();
  }
}
