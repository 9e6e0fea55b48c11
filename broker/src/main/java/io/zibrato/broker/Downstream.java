package io.zibrato.broker;

import org.zeromq.ZMQ;
import zmq.Msg;
import zmq.io.Metadata;

/** Passes what comes from the applications to the workers. One thread. */
final class Downstream {
  /** Messages that one call takes, so that what goes the other way has its turn. */
  static final int BURST = 1000;

  private final ZMQ.Socket publishers;
  private final ZMQ.Socket workers;
  private final Guards guards;
  private final BrokerMeters meters;
  private final RecentTopics topics;
  private boolean moreParts;
  private Metadata peer; // of the message that is passed on now

  Downstream(Sides sides, Guards guards, BrokerMeters meters) {
    this.publishers = sides.publishers();
    this.workers = sides.workers();
    this.guards = guards;
    this.meters = meters;
    this.topics = new RecentTopics(meters, () -> guards.mayNameLevel(peer));
  }

  /**
   * Passes what has come, at most {@link #BURST} messages.
   *
   * @return how many there were
   */
  int pass() {
    for (int i = 0; i < BURST; i++) {
      long before = guards.downwards().allocated();
      Msg message = publishers.base().recv(ZMQ.DONTWAIT);
      if (message == null) {
        guards.downwards().nothingLeft(before);
        return i;
      }
      guards.downwards().taken(message.size());
      pass(message);
    }
    return BURST;
  }

  private void pass(Msg message) {
    boolean part = moreParts;
    moreParts = message.hasMore();
    if (part || moreParts) {
      meters.received();
      drop(Cause.MULTIPART, message.size());
    } else if (guards.admitsDecrypted(message)) {
      forward(message);
    }
  }

  private void forward(Msg received) {
    meters.received();
    peer = received.getMetadata();
    byte[] message = received.data();
    BrokerMeters.Traffic traffic = topics.traffic(message);
    if (traffic == null) {
      drop(message.length == 0 ? Cause.EMPTY : Cause.NO_TOPIC, message.length);
      return;
    }
    if (!guards.memory().hasRoom(message.length)) {
      drop(Cause.NO_MEMORY, message.length);
      return;
    }
    traffic.in(message.length);
    if (workers.send(message, ZMQ.DONTWAIT)) traffic.out(message.length);
  }

  private void drop(Cause cause, int bytes) {
    meters.stopped(cause, "a message of " + bytes + " bytes from the publisher side");
  }
}
