package io.zibrato.bench;

import java.util.Locale;

/** What is wrong behind the measured processes, all the time. */
enum Trouble {
  NONE,
  /** Nobody listens where the applications connect. */
  BROKER_DEAD,
  /** The worker's backend takes nothing, so its spool grows. */
  SERVICE_GONE,
  /** Nor does the worker's disk. */
  DISK_FULL;

  /** As the flag has it. */
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Null if there is none of that word. */
  static Trouble of(String word) {
    for (Trouble each : values()) {
      if (each.word().equals(word)) return each;
    }
    return null;
  }
}
