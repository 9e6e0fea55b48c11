package io.zibrato.samples.demo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A connection that speaks as much of ZMTP 3.0 as it likes. What is not taken, it gives up. */
final class Stranger implements AutoCloseable {
  private static final int GREETING_BYTES = 64;
  private static final int WAIT_MILLIS = 3_000;

  private final Socket socket;

  Stranger(int port) throws IOException {
    this(new Socket());
    socket.connect(new InetSocketAddress("127.0.0.1", port), WAIT_MILLIS);
  }

  Stranger(Socket socket) throws IOException {
    this.socket = socket;
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(WAIT_MILLIS);
  }

  /**
   * Greeting and READY of the NULL mechanism, both ways. JeroMQ ends a connection over which
   * messages come before it has said READY itself.
   */
  Stranger shakeHands(String socketType, String... moreProperties) throws IOException {
    greet().ready(socketType, moreProperties);
    InputStream in = socket.getInputStream();
    in.readNBytes(GREETING_BYTES + 1);
    in.readNBytes(Math.max(0, in.read()));
    return this;
  }

  Stranger greet() throws IOException {
    ByteBuffer greeting = ByteBuffer.allocate(GREETING_BYTES).put((byte) 0xFF).put(9, (byte) 0x7F);
    return send(greeting.put(10, (byte) 3).put(12, ascii("NULL")).array());
  }

  Stranger ready(String socketType, String... moreProperties) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.write(5);
    body.write(ascii("READY"));
    property(body, "Socket-Type", socketType);
    for (int i = 0; i < moreProperties.length; i += 2) {
      property(body, moreProperties[i], moreProperties[i + 1]);
    }
    return frame(4, body.toByteArray());
  }

  private static void property(ByteArrayOutputStream to, String name, String value)
      throws IOException {
    to.write(name.length());
    to.write(ascii(name));
    to.write(ByteBuffer.allocate(4).putInt(value.length()).array());
    to.write(ascii(value));
  }

  /** A message of one frame. */
  Stranger message(byte[] body) throws IOException {
    return frame(0, body);
  }

  Stranger frame(int flags, byte[] body) throws IOException {
    return send(framed(flags, body));
  }

  static byte[] framed(int flags, byte[] body) {
    ByteBuffer frame = ByteBuffer.allocate(9 + body.length).put((byte) (flags | 2));
    return frame.putLong(body.length).put(body).array();
  }

  Stranger send(byte[] bytes) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(bytes);
    out.flush();
    return this;
  }

  /** Waits for the other side to end it; false if it does not, within three seconds. */
  boolean isCut() throws IOException {
    try {
      byte[] read = new byte[8192];
      long untilNanos = System.nanoTime() + WAIT_MILLIS * 1_000_000L;
      while (System.nanoTime() - untilNanos < 0) {
        if (socket.getInputStream().read(read) < 0) return true;
      }
      return false;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  int localPort() {
    return socket.getLocalPort();
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
