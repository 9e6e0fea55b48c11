package io.zibrato.samples.shop;

import io.zibrato.annotations.Levels;
import io.zibrato.annotations.TimeMe;

/** What the shop sells, and for how much. */
final class Catalog {
  static final int ITEMS = 200;

  /** Called so often, and so short, that one call in 16 is timed. All are counted. */
  @TimeMe(level = Levels.DEBUG, name = "shop.price", sample = 16)
  long centsOf(int item) {
    if (item < 0 || item >= ITEMS) throw new IllegalArgumentException("no item " + item);
    return 100 + item * 37L % 9_900;
  }
}
