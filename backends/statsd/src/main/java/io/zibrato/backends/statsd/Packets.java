package io.zibrato.backends.statsd;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Lines, packed: as many as fit, in their order, with a line feed between. */
final class Packets {
  private final int mtu;
  private final boolean stream;
  private final List<byte[]> full = new ArrayList<>();
  private final ByteArrayOutputStream open = new ByteArrayOutputStream();

  /**
   * @param mtu the bytes of a packet; what alone has more goes alone
   * @param stream whether the last line of a packet has a line feed too
   */
  Packets(int mtu, boolean stream) {
    this.mtu = mtu;
    this.stream = stream;
  }

  /** Adds lines that stay together. */
  void add(String lines) {
    byte[] bytes = lines.getBytes(StandardCharsets.US_ASCII);
    int end = stream ? 1 : 0;
    if (open.size() > 0 && open.size() + 1 + bytes.length + end > mtu) end();
    if (open.size() > 0) open.write('\n');
    open.writeBytes(bytes);
  }

  private void end() {
    if (open.size() == 0) return;
    if (stream) open.write('\n');
    full.add(open.toByteArray());
    open.reset();
  }

  /** All packets; nothing is added afterwards. */
  List<byte[]> close() {
    end();
    return full;
  }
}
