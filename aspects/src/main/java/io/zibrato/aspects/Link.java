package io.zibrato.aspects;

import java.util.List;

/**
 * A meter that a join point moves, and the next of its kind that somebody wants.
 *
 * <p>A join point has a chain of them, because annotations can be repeated. Only what is wanted is
 * linked, and has its meter by then: so whoever walks the chain need not ask, and what nobody wants
 * takes no room.
 */
abstract class Link<L extends Link<L>> {
  /*
   * next is racy: it is set while calls walk the chain. The order of links never changes, so a walk ends; a link that stays wanted stays
   * reachable from each one before it; and one that is not yet, or no longer, reached when its level changes is as if the call had come a moment earlier or later.
   */
  final SiteSeries series;
  L next;

  Link(SiteSeries series) {
    this.series = series;
  }

  /** Links those that are wanted, and returns the first, or null. Not for two threads at once. */
  static <L extends Link<L>> L chain(List<L> links) {
    L first = null;
    for (int i = links.size() - 1; i >= 0; i--) {
      L link = links.get(i);
      if (!link.series.level().wanted() || !link.ready()) continue;
      link.next = first;
      first = link;
    }
    return first;
  }

  final boolean ready() {
    try {
      findMeter();
      return true;
    } catch (Throwable e) {
      series.failed(e);
      return false;
    }
  }

  /** Called before the link is first in a chain, and each time its level changes. */
  abstract void findMeter();
}
