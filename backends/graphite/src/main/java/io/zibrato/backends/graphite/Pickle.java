package io.zibrato.backends.graphite;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Points as Python's pickle, protocol 2: a list of {@code (path, (second, value))} a packet.
 *
 * <pre>
 * 4 bytes     length of what follows, highest byte first
 * 80 02       protocol 2
 * 5D 28       an empty list; a mark
 *   58 n u    text: 4 bytes of length, lowest first, and UTF-8
 *   47 d      number: 8 bytes of IEEE 754, highest first (second)
 *   47 d      likewise (value)
 *   86 86     a pair of the last two; a pair of the text and that pair
 * 65 2E       all since the mark are the list's; the end
 * </pre>
 */
final class Pickle {
  private static final int MAX_POINTS = 500; // as carbon's own relay

  private Pickle() {}

  static List<byte[]> packets(List<Point> points) {
    List<byte[]> packets = new ArrayList<>();
    for (int from = 0; from < points.size(); from += MAX_POINTS) {
      packets.add(packet(points.subList(from, Math.min(points.size(), from + MAX_POINTS))));
    }
    return packets;
  }

  private static byte[] packet(List<Point> points) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(0); // the length, below
      out.writeShort(0x8002);
      out.writeShort(0x5D28);
      for (Point point : points) {
        byte[] path = point.path().getBytes(StandardCharsets.UTF_8);
        out.writeByte(0x58);
        out.writeInt(Integer.reverseBytes(path.length));
        out.write(path);
        number(out, point.second());
        number(out, point.value().doubleValue());
        out.writeShort(0x8686);
      }
      out.writeShort(0x652E);
    } catch (IOException e) {
      throw new UncheckedIOException("no bytes of ours are out of reach", e);
    }
    byte[] packet = bytes.toByteArray();
    int length = packet.length - Integer.BYTES;
    for (int i = 0; i < Integer.BYTES; i++) packet[i] = (byte) (length >>> 8 * (3 - i));
    return packet;
  }

  private static void number(DataOutputStream out, double number) throws IOException {
    out.writeByte(0x47);
    out.writeDouble(number);
  }
}
