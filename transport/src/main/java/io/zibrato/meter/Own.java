package io.zibrato.meter;

import java.lang.ref.WeakReference;

/** What one thread alone writes to, without keeping the thread alive. */
abstract class Own extends WeakReference<Thread> {
  Own(Thread owner) {
    super(owner);
  }

  /**
   * Whether the thread has ended, so that nobody writes here any more, and all it wrote is seen.
   */
  boolean over() {
    Thread owner = get();
    return owner == null || !owner.isAlive();
  }
}
