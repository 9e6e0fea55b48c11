package io.zibrato.aspects;

/**
 * Tells the agent that woven code ran. A class apart from {@link Sites}, which finds a logger as it
 * is loaded: the agent must not start the application's logging while a class is being loaded.
 */
public final class FirstSite {
  private static Runnable listener;
  private static boolean found;

  private FirstSite() {}

  /** Runs once the first join point is found, on the thread that found it; or at once, if it is. */
  public static void listen(Runnable listener) {
    if (keep(listener)) listener.run();
  }

  private static synchronized boolean keep(Runnable listener) {
    if (!found) FirstSite.listener = listener;
    return found;
  }

  static void found() {
    Runnable listener = taken();
    if (listener != null) listener.run();
  }

  private static synchronized Runnable taken() {
    found = true;
    Runnable taken = listener;
    listener = null;
    return taken;
  }
}
