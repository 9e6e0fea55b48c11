package io.zibrato.inspect;

import java.util.Locale;

/** Whether an annotated method is woven for its annotation. */
enum Woven {
  YES,
  NO,
  /** It has no code of its own that could be, or returns nothing to measure. */
  NEVER;

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
