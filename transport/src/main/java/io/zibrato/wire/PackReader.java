package io.zibrato.wire;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * Reads the MessagePack that {@link PackWriter} writes, in any of its forms, from bytes that may be
 * hostile: a length is held against what is left before anything is allocated, and nothing nests
 * deeper than the caller's own calls.
 */
final class PackReader {
  private static final char REPLACEMENT = '\uFFFD'; // what is not UTF-8 reads as this

  private final byte[] bytes;
  private int at;

  PackReader(byte[] bytes, int from) {
    this.bytes = bytes;
    this.at = from;
  }

  /**
   * An array's length; each element takes a byte at least, so a longer one than the rest is a lie.
   */
  int array() throws MalformedFrameException {
    int format = unsigned8();
    int length = length("array", format, 0x90, 0xdc, 0xdd);
    if (length > bytes.length - at) throw malformed("array of " + length + " in what is left");
    return length;
  }

  /** An array that must have exactly {@code length} elements. */
  void array(int length) throws MalformedFrameException {
    int found = array();
    if (found != length) throw malformed("array of " + found + " where " + length + " belong");
  }

  int map() throws MalformedFrameException {
    int format = unsigned8();
    int length = length("map", format, 0x80, 0xde, 0xdf);
    if (length > (bytes.length - at) / 2) throw malformed("map of " + length + " in what is left");
    return length;
  }

  private int length(String what, int format, int fix, int two, int four)
      throws MalformedFrameException {
    if ((format & 0xf0) == fix) return format & 0x0f;
    if (format == two) return (int) big(2);
    if (format == four) {
      long length = big(4) & 0xFFFFFFFFL;
      if (length > bytes.length) throw malformed(what + " of " + length);
      return (int) length;
    }
    throw malformed("no " + what + " but format " + format);
  }

  /** A string of at most {@code maxChars} characters, which is valid UTF-8. */
  String string(int maxChars) throws MalformedFrameException {
    int format = unsigned8();
    long length;
    if ((format & 0xe0) == 0xa0) length = format & 0x1f;
    else if (format == 0xd9) length = big(1) & 0xFF;
    else if (format == 0xda) length = big(2) & 0xFFFF;
    else throw malformed("no string but format " + format);
    if (length > 4L * maxChars) throw malformed("string of " + length + " bytes");
    need((int) length);
    String text = new String(bytes, at, (int) length, StandardCharsets.UTF_8);
    if (text.indexOf(REPLACEMENT) >= 0) checkUtf8((int) length);
    if (text.length() > maxChars) throw malformed("string of " + text.length() + " characters");
    at += (int) length;
    return text;
  }

  private void checkUtf8(int length) throws MalformedFrameException {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, at, length));
    } catch (CharacterCodingException e) {
      throw malformed("string is not UTF-8");
    }
  }

  /** A binary of exactly {@code length} bytes, below 256. */
  ByteBuffer binary(int length) throws MalformedFrameException {
    if (unsigned8() != 0xc4 || unsigned8() != length) throw malformed("no binary of " + length);
    need(length);
    at += length;
    return ByteBuffer.wrap(bytes, at - length, length);
  }

  double float64() throws MalformedFrameException {
    int format = unsigned8();
    if (format != 0xcb) throw malformed("no float64 but format " + format);
    return Double.longBitsToDouble(big(8));
  }

  /** An integer from 0 to 2^63 - 1. */
  long natural() throws MalformedFrameException {
    long n = integer();
    if (n < 0) throw malformed("negative " + n);
    return n;
  }

  /** An integer from 0 to 2^31 - 1. */
  int natural32() throws MalformedFrameException {
    long n = integer();
    if (n < 0 || n > Integer.MAX_VALUE) throw malformed("not from 0 to 2^31-1: " + n);
    return (int) n;
  }

  long integer() throws MalformedFrameException {
    int format = unsigned8();
    if (format < 0x80 || format >= 0xe0) return (byte) format;
    return switch (format) {
      case 0xcc -> big(1) & 0xFF;
      case 0xcd -> big(2) & 0xFFFF;
      case 0xce -> big(4) & 0xFFFFFFFFL;
      case 0xcf -> {
        long n = big(8);
        if (n < 0) throw malformed("integer above 2^63-1");
        yield n;
      }
      case 0xd0 -> (byte) big(1);
      case 0xd1 -> (short) big(2);
      case 0xd2 -> (int) big(4);
      case 0xd3 -> big(8);
      default -> throw malformed("no integer but format " + format);
    };
  }

  /** The CRC-32C of all bytes before it. */
  void check() throws MalformedFrameException {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, at);
    if (integer() != crc.getValue()) throw malformed("check does not match: damaged on its way");
  }

  void end() throws MalformedFrameException {
    if (at != bytes.length) throw malformed(bytes.length - at + " bytes too many");
  }

  MalformedFrameException malformed(String problem) {
    return new MalformedFrameException(problem + ", at byte " + at, bytes);
  }

  private int unsigned8() throws MalformedFrameException {
    need(1);
    return bytes[at++] & 0xFF;
  }

  private long big(int count) throws MalformedFrameException {
    need(count);
    long n = 0;
    for (int i = 0; i < count; i++) n = n << 8 | bytes[at++] & 0xFF;
    return n;
  }

  private void need(int count) throws MalformedFrameException {
    if (bytes.length - at < count) throw malformed("ends early");
  }
}
