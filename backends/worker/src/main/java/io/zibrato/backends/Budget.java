package io.zibrato.backends;

/** How much may still be taken on: over all instances, or by one of them, within what all may. */
final class Budget {
  private final int most;
  private final Budget ofAll; // null for that one
  private int used;

  Budget(int most) {
    this(most, null);
  }

  Budget(int most, Budget ofAll) {
    this.most = most;
    this.ofAll = ofAll;
  }

  /** One for an instance: it may use up half, so that none leaves nothing to others. */
  Budget share() {
    return new Budget(Math.max(1, most / 2), this);
  }

  boolean take(int n) {
    if (n > most - used) return false;
    if (ofAll != null && !ofAll.take(n)) return false;
    used += n;
    return true;
  }

  /** Takes what is there already, also beyond the bound. */
  void takeKept(int n) {
    used += n;
    if (ofAll != null) ofAll.takeKept(n);
  }

  void giveBack(int n) {
    used -= n;
    if (ofAll != null) ofAll.giveBack(n);
  }

  int used() {
    return used;
  }
}
