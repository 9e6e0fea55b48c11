package io.zibrato.backends.graphite;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Points as lines, {@code path value second}, some tens of kilobytes a packet. */
final class Plaintext {
  private static final int PACKET_CHARACTERS = 32 << 10;

  private Plaintext() {}

  static List<byte[]> packets(List<Point> points) {
    List<byte[]> packets = new ArrayList<>();
    StringBuilder open = new StringBuilder();
    for (Point point : points) {
      open.append(point.path()).append(' ').append(plain(point.value()));
      open.append(' ').append(point.second()).append('\n');
      if (open.length() >= PACKET_CHARACTERS) end(open, packets);
    }
    end(open, packets);
    return packets;
  }

  private static void end(StringBuilder open, List<byte[]> packets) {
    if (open.length() == 0) return;
    packets.add(open.toString().getBytes(StandardCharsets.US_ASCII));
    open.setLength(0);
  }

  private static String plain(BigDecimal value) {
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }
}
