package io.zibrato.transport;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.zeromq.ZEvent;
import org.zeromq.ZMQ;

/** How one socket's connection fares. Told by ZeroMQ's thread, asked by the publisher's. */
final class Connection implements ZEvent.ZEventConsummer {
  static final int EVENTS =
      ZMQ.EVENT_CONNECTED
          | ZMQ.EVENT_CONNECT_RETRIED
          | ZMQ.EVENT_DISCONNECTED
          | ZMQ.EVENT_MONITOR_STOPPED;

  private final CountDownLatch end = new CountDownLatch(1);
  private volatile boolean down;

  @Override
  public void consume(ZEvent event) {
    switch (event.getEvent()) {
      case CONNECTED -> down = false;
      case CONNECT_RETRIED, DISCONNECTED -> down = true;
      case MONITOR_STOPPED -> end.countDown();
      default -> {}
    }
  }

  /** Whether the last attempt to connect failed, or the connection ended. */
  boolean down() {
    return down;
  }

  /** Waits until the closed socket is no more, its messages sent or its linger over. */
  void awaitEnd(long millis) {
    try {
      end.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
