package io.zibrato.transport;

import zmq.Msg;
import zmq.io.Metadata;

/** Drops what comes in parts, the last one too, which does not say that it is one. */
final class WholeMessages implements Turnstile {
  private Metadata connection;
  private boolean inParts;

  @Override
  public boolean lets(Metadata connection, Msg message, boolean part) {
    boolean inPartsBefore = inParts && connection == this.connection;
    this.connection = connection;
    inParts = part;
    return !part && !inPartsBefore;
  }
}
