package io.zibrato.backends;

import io.zibrato.meter.Histogram;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * How things are written to the state's file: as {@link java.io.DataOutput} has it, and a checksum
 * behind, so that what a disk gave back wrong is told from what was written.
 */
final class Encoded {
  private static final int CHECKSUM_BYTES = Long.BYTES;

  /** Writes one thing. */
  interface Writer {
    void write(DataOutputStream out) throws IOException;
  }

  private Encoded() {}

  static byte[] of(Writer writer) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      writer.write(out);
      out.writeLong(checksum(bytes.toByteArray(), bytes.size()));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a string too long for writeUTF, which no reader let in
    }
    return bytes.toByteArray();
  }

  /**
   * What to read the thing from.
   *
   * @throws IOException when it is not what was written
   */
  static DataInputStream open(byte[] bytes) throws IOException {
    int size = bytes == null ? -1 : bytes.length - CHECKSUM_BYTES;
    if (size < 0) throw new IOException("damaged: too short");
    DataInputStream end =
        new DataInputStream(new ByteArrayInputStream(bytes, size, CHECKSUM_BYTES));
    if (end.readLong() != checksum(bytes, size)) throw new IOException("damaged: wrong checksum");
    return new DataInputStream(new ByteArrayInputStream(bytes, 0, size));
  }

  private static long checksum(byte[] bytes, int size) {
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, size);
    return crc.getValue();
  }

  static void write(SeriesKey key, DataOutputStream out) throws IOException {
    out.writeUTF(key.name());
    out.writeUTF(key.source());
    out.writeShort(key.tags().size());
    for (Map.Entry<String, String> tag : key.tags().entrySet()) {
      out.writeUTF(tag.getKey());
      out.writeUTF(tag.getValue());
    }
  }

  static SeriesKey key(DataInputStream in) throws IOException {
    String name = in.readUTF();
    String source = in.readUTF();
    int size = in.readShort();
    Map<String, String> tags = size == 0 ? Map.of() : new LinkedHashMap<>();
    for (int i = 0; i < size; i++) tags.put(in.readUTF(), in.readUTF());
    return new SeriesKey(name, source, tags);
  }

  static void write(Histogram histogram, DataOutputStream out) throws IOException {
    out.writeShort(histogram.size());
    for (int i = 0; i < histogram.size(); i++) {
      out.writeShort(histogram.index(i));
      out.writeLong(histogram.count(i));
    }
  }

  static Histogram histogram(DataInputStream in) throws IOException {
    int[] indexes = new int[in.readShort()];
    long[] counts = new long[indexes.length];
    for (int i = 0; i < indexes.length; i++) {
      indexes[i] = in.readShort();
      counts[i] = in.readLong();
    }
    return Histogram.of(indexes, counts, indexes.length);
  }
}
