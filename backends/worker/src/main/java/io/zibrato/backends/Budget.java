package io.zibrato.backends;

/** How much the ledger may still take on, over all instances. */
final class Budget {
  private final int most;
  private int used;

  Budget(int most) {
    this.most = most;
  }

  boolean take(int n) {
    if (n > most - used) return false;
    used += n;
    return true;
  }

  void giveBack(int n) {
    used -= n;
  }

  int used() {
    return used;
  }
}
