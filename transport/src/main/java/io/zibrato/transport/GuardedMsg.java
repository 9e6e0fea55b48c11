package io.zibrato.transport;

import zmq.Msg;
import zmq.io.Metadata;

/**
 * A message that asks the {@link Turnstile} once it is read, and that is never a part of another.
 *
 * <p>JeroMQ keeps the parts of a message until its last one, whatever the high-water mark; so each
 * comes as a message of its own. It tells a message whose it is when it is complete, and drops what
 * is a command, after that: so a message that may not pass becomes one.
 */
final class GuardedMsg extends Msg {
  private final Turnstile turnstile;
  private final Inflow inflow;
  private boolean part;
  private boolean complete;

  GuardedMsg(int bytes, Turnstile turnstile, Inflow inflow) {
    super(bytes);
    this.turnstile = turnstile;
    this.inflow = inflow;
  }

  @Override
  public void setFlags(int flags) {
    part |= (flags & MORE) != 0;
    super.setFlags(flags & ~MORE);
  }

  @Override
  public Msg setMetadata(Metadata connection) {
    super.setMetadata(connection);
    if (connection == null || complete) return this;
    complete = true;
    if (!isCommand() && !turnstile.lets(connection, this, part)) super.setFlags(COMMAND);
    if (isCommand()) inflow.turnedAway(size());
    return this;
  }

  boolean complete() {
    return complete;
  }
}
