package io.zibrato.daemon;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Waits until the process is asked to stop, by SIGTERM, SIGINT, SIGHUP or {@link #signal}. One that
 * it was started to ignore, as SIGHUP under nohup, stays ignored: so the JVM has it.
 *
 * <p>Signals are taken by the JVM's own {@code sun.misc.Signal}, found by reflection, because a
 * shutdown hook cannot make the exit code 0.
 */
final class ShutdownSignal {
  private final CountDownLatch asked = new CountDownLatch(1);

  ShutdownSignal() {
    on("TERM");
    on("INT");
    on("HUP");
  }

  void signal() {
    asked.countDown();
  }

  void await() throws InterruptedException {
    asked.await();
  }

  boolean await(long millis) throws InterruptedException {
    return asked.await(Math.max(0, millis), TimeUnit.MILLISECONDS);
  }

  private void on(String name) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object onSignal =
          Proxy.newProxyInstance(
              handler.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, args) -> {
                if (method.getName().equals("handle")) signal();
                return null;
              });
      Method handle = signal.getMethod("handle", signal, handler);
      handle.invoke(null, signal.getConstructor(String.class).newInstance(name), onSignal);
    } catch (ReflectiveOperationException | RuntimeException e) {
      System.getLogger(ShutdownSignal.class.getName())
          .log(System.Logger.Level.WARNING, "SIG" + name + " will end this process at once", e);
    }
  }
}
