package io.zibrato.backends;

/** How many series the ledger may still take on, over all instances. */
final class SeriesBudget {
  private final int most;
  private int used;

  SeriesBudget(int most) {
    this.most = most;
  }

  boolean take() {
    if (used == most) return false;
    used++;
    return true;
  }

  void giveBack(int series) {
    used -= series;
  }

  int used() {
    return used;
  }
}
