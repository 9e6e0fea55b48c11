package io.zibrato.transport;

import java.security.AccessController;
import java.security.PrivilegedAction;

/** Makes threads that keep nothing of whoever happens to be the first to measure. */
public final class OwnThreads {
  private OwnThreads() {}

  /**
   * A daemon thread, not yet started, without the caller's thread locals, context class loader and,
   * on JDKs that have such, protection domains: each would keep an application from being unloaded
   * that is undeployed while this library stays.
   */
  @SuppressWarnings("removal") // until 24, a thread keeps the classes on its maker's stack
  public static Thread create(Runnable work, String name) {
    PrivilegedAction<Thread> make = () -> new Thread(null, work, name, 0, false);
    Thread thread = AccessController.doPrivileged(make);
    thread.setDaemon(true);
    thread.setContextClassLoader(OwnThreads.class.getClassLoader());
    return thread;
  }
}
