package io.zibrato.transport;

import java.nio.ByteBuffer;
import zmq.Msg;
import zmq.io.Metadata;

/**
 * A message that there is no room for: it is read, into memory that all of its kind share, and
 * dropped. So the connection stays, and in step.
 */
final class DiscardedMsg extends Msg {
  private final Runnable onRead;

  DiscardedMsg(ByteBuffer shared, Runnable onRead) {
    super(shared);
    this.onRead = onRead;
  }

  @Override
  public void setFlags(int flags) {
    super.setFlags(flags & ~MORE);
  }

  @Override
  public Msg setMetadata(Metadata connection) {
    if (connection != null && !isCommand()) {
      onRead.run();
      super.setFlags(COMMAND);
    }
    return super.setMetadata(connection);
  }
}
