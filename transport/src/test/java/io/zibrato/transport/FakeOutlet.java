package io.zibrato.transport;

import io.zibrato.wire.Frame;
import io.zibrato.wire.MalformedFrameException;
import io.zibrato.wire.Message;
import io.zibrato.wire.TextMessage;
import java.util.ArrayList;
import java.util.List;

/** Keeps what it is given, for as long as it has room. */
final class FakeOutlet implements Outlet {
  int room = Integer.MAX_VALUE;
  final List<byte[]> messages = new ArrayList<>();

  @Override
  public boolean send(byte[] message) {
    if (room == 0) return false;
    room--;
    messages.add(message);
    return true;
  }

  /** The frames since this was last asked. */
  List<Frame> takeFrames() {
    return taken().stream().map(Frame.class::cast).toList();
  }

  /** The texts since this was last asked. */
  List<TextMessage> takeTexts() {
    return taken().stream().map(TextMessage.class::cast).toList();
  }

  private List<Message> taken() {
    List<Message> taken = new ArrayList<>();
    try {
      for (byte[] message : messages) taken.add(Message.decode(message));
    } catch (MalformedFrameException e) {
      throw new AssertionError(e);
    }
    messages.clear();
    return taken;
  }
}
