package io.zibrato.broker;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** A connection that sends raw bytes, and stays open until closed. */
final class HostilePeer implements AutoCloseable {
  private static final int WAIT_MILLIS = 5_000;

  private final Socket socket;

  HostilePeer(int port) throws IOException {
    socket = new Socket("127.0.0.1", port);
    socket.setSoTimeout(WAIT_MILLIS);
  }

  /** A ZMTP 3.0 greeting, mechanism NULL. */
  HostilePeer greet() throws IOException {
    return greet("NULL");
  }

  HostilePeer greet(String mechanism) throws IOException {
    byte[] greeting = new byte[64];
    greeting[0] = (byte) 0xFF;
    greeting[9] = 0x7F;
    greeting[10] = 3;
    byte[] name = mechanism.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(name, 0, greeting, 12, name.length);
    return send(greeting);
  }

  /** The command that ends a NULL handshake. */
  HostilePeer ready(String socketType) throws IOException {
    byte[] name = "\5READY\13Socket-Type".getBytes(StandardCharsets.ISO_8859_1);
    byte[] type = socketType.getBytes(StandardCharsets.US_ASCII);
    ByteArrayOutputStream command = new ByteArrayOutputStream();
    command.write(0x04);
    command.write(name.length + 4 + type.length);
    command.write(name);
    command.write(new byte[] {0, 0, 0, (byte) type.length});
    command.write(type);
    return send(command.toByteArray());
  }

  HostilePeer send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
    return this;
  }

  byte[] read(int bytes) throws IOException {
    byte[] read = socket.getInputStream().readNBytes(bytes);
    if (read.length < bytes) throw new EOFException("after " + read.length + " of " + bytes);
    return read;
  }

  /** The body of the next short frame. */
  byte[] readCommand() throws IOException {
    return read(read(2)[1] & 0xFF);
  }

  /** All that the other side sends until it closes; ends with a remark if it does not. */
  byte[] answer() throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    InputStream in = socket.getInputStream();
    long untilNanos = System.nanoTime() + WAIT_MILLIS * 1_000_000L;
    try {
      for (int b = in.read(); b >= 0; b = in.read()) {
        answer.write(b);
        if (System.nanoTime() - untilNanos > 0) throw new SocketTimeoutException();
      }
    } catch (SocketTimeoutException e) {
      answer.write("(still open)".getBytes(StandardCharsets.US_ASCII));
    }
    return answer.toByteArray();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
