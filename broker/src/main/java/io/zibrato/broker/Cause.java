package io.zibrato.broker;

/** Why a message went no further. */
enum Cause {
  /** From the publisher side: no bytes, or more of them than a message may have. */
  EMPTY(Cause.DROPPED, "empty"),
  /** From the publisher side: part of a message of several ZeroMQ frames. */
  MULTIPART(Cause.DROPPED, "multipart"),
  /** From the publisher side: the heap is nearly used up by what waits for workers. */
  NO_MEMORY(Cause.DROPPED, "no-memory"),
  /** From the publisher side: the first bytes name no level. */
  NO_TOPIC(Cause.DROPPED, "no-topic"),

  /** From the worker side: none of the kinds that travel up, or too long. */
  MALFORMED(Cause.REFUSED, "malformed"),
  /** From the worker side: a subscription longer than any topic. */
  LONG_TOPIC(Cause.REFUSED, "long-topic"),
  /** From the worker side: a subscription beyond {@link Subscriptions#MAX_TOPICS}. */
  TOO_MANY_TOPICS(Cause.REFUSED, "too-many-topics"),
  /** From the worker side: more RESYNCs than the applications are to be asked. */
  RESYNC_RATE(Cause.REFUSED, "resync-rate"),
  /** From the worker side: a heartbeat, which only the broker sends. */
  HEARTBEAT(Cause.REFUSED, "heartbeat"),
  /**
   * A connection ended before a greeting that fits ours: no ZeroMQ, an old one, or one side has
   * CURVE keys and the other none.
   */
  GREETING(Cause.REFUSED, "greeting"),
  /** A CURVE handshake failed: the other side takes us for another broker, or is none of ours. */
  HANDSHAKE(Cause.REFUSED, "handshake"),
  /** A CURVE key that is not in the list of clients. */
  NOT_ADMITTED(Cause.REFUSED, "not-admitted"),
  /** A connection failed in a way that ZeroMQ did not expect. */
  CONNECTION(Cause.REFUSED, "connection"),

  /** From the publisher side: beyond what one connection may send in a second. */
  PEER_RATE(Cause.DROPPED, "peer-rate"),
  /** From the publisher side: the peer gave another's address for its own. */
  FORGED_ADDRESS(Cause.DROPPED, "forged-address"),
  /** From either side: no room, because all that was read was not yet passed on. */
  NO_ROOM(Cause.DROPPED, "no-room"),
  /** From the worker side: the peer gave another's address for its own. */
  FORGED_UPWARDS(Cause.REFUSED, "forged-address"),
  /** From the worker side: more messages than one connection may send. */
  UPSTREAM_RATE(Cause.REFUSED, "upstream-rate"),
  /** A connection beyond the bound, or one that made room for it. */
  TOO_MANY_CONNECTIONS(Cause.REFUSED, "too-many-connections"),
  /** A connection could not be accepted, as when descriptors are used up. */
  ACCEPT_FAILED(Cause.REFUSED, "accept-failed"),
  /** A connection was ended because memory ran short. */
  MEMORY(Cause.REFUSED, "memory");

  static final String DROPPED = "dropped";
  static final String REFUSED = "refused";

  /** {@link #DROPPED} or {@link #REFUSED}. */
  final String kind;

  /** The cause's name in every table. */
  final String label;

  Cause(String kind, String label) {
    this.kind = kind;
    this.label = label;
  }
}
