package io.zibrato.broker;

import org.zeromq.ZMQ;

/** Passes what comes from the applications to the workers. One thread. */
final class Downstream {
  /** Messages that one call takes, so that what goes the other way has its turn. */
  static final int BURST = 1000;

  private final ZMQ.Socket publishers;
  private final ZMQ.Socket workers;
  private final BrokerMeters meters;
  private final RecentTopics topics;
  private boolean moreParts;

  Downstream(Sides sides, BrokerMeters meters) {
    this.publishers = sides.publishers();
    this.workers = sides.workers();
    this.meters = meters;
    this.topics = new RecentTopics(meters);
  }

  /**
   * Passes what has come, at most {@link #BURST} messages.
   *
   * @return how many there were
   */
  int pass() {
    for (int i = 0; i < BURST; i++) {
      byte[] message = publishers.recv(ZMQ.DONTWAIT);
      if (message == null) return i;
      boolean part = moreParts;
      moreParts = publishers.hasReceiveMore();
      if (part || moreParts) drop(Cause.MULTIPART, message);
      else pass(message);
    }
    return BURST;
  }

  private void pass(byte[] message) {
    BrokerMeters.Traffic traffic = topics.traffic(message);
    if (traffic == null) {
      drop(message.length == 0 ? Cause.EMPTY : Cause.NO_TOPIC, message);
      return;
    }
    traffic.in(message.length);
    if (workers.send(message, ZMQ.DONTWAIT)) traffic.out(message.length);
  }

  private void drop(Cause cause, byte[] message) {
    meters.stopped(cause, "a message of " + message.length + " bytes from the publisher side");
  }
}
