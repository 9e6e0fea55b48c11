package io.zibrato.samples.demo;

import io.zibrato.Zibrato;
import io.zibrato.meter.Level;
import java.util.List;

/** Calls a method at each of four levels, and says which of them are wanted when that changes. */
final class LevelsApplication {
  private static final List<String> LEVELS = List.of("info", "debug", "trace", "decoy");

  private LevelsApplication() {}

  static void plain() {}

  static void detail() {}

  static void deep() {}

  static void decoy() {}

  public static void main(String[] args) throws Exception {
    String said = "";
    while (System.in.available() == 0) {
      plain();
      detail();
      deep();
      decoy();
      StringBuilder now = new StringBuilder("wanted:");
      for (String name : LEVELS) {
        Level level = Zibrato.shared().level(name);
        if (level.wanted()) now.append(' ').append(name);
      }
      if (!now.toString().equals(said)) System.out.println(said = now.toString());
      Thread.sleep(5);
    }
  }
}
