package io.zibrato.backends.graphite;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what was sent over connections that came to their end, and can end itself. */
final class FakeCarbon implements Closeable {
  private final List<byte[]> sent = new CopyOnWriteArrayList<>();
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private int port;
  private ServerSocket server;
  private Thread accepting;

  FakeCarbon() throws IOException {
    start();
  }

  /** Listens, on the same port as before. */
  void start() throws IOException {
    ServerSocket opened = new ServerSocket();
    opened.setReuseAddress(true);
    opened.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 50);
    port = opened.getLocalPort();
    server = opened;
    accepting = thread(() -> accept(opened));
  }

  int port() {
    return port;
  }

  /** What each connection had, oldest first; empty ones are left out. */
  List<byte[]> sent() {
    return sent;
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (byte[] each : sent) {
      lines.addAll(List.of(new String(each, StandardCharsets.US_ASCII).split("\n")));
    }
    return lines;
  }

  /** The points of pickled packets, as lines of the other protocol. */
  List<String> unpickled() throws IOException {
    List<String> lines = new ArrayList<>();
    for (byte[] each : sent) {
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(each));
      while (in.available() > 0) unpickle(in.readNBytes(in.readInt()), lines);
    }
    return lines;
  }

  private static void unpickle(byte[] pickle, List<String> lines) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(pickle));
    expect(in.readInt(), 0x80025D28);
    int code = in.readUnsignedByte();
    while (code == 0x58) {
      byte[] path = in.readNBytes(Integer.reverseBytes(in.readInt()));
      expect(in.readUnsignedByte(), 0x47);
      long second = (long) in.readDouble();
      expect(in.readUnsignedByte(), 0x47);
      double value = in.readDouble();
      expect(in.readUnsignedShort(), 0x8686);
      lines.add(new String(path, StandardCharsets.UTF_8) + ' ' + value + ' ' + second);
      code = in.readUnsignedByte();
    }
    expect(code, 0x65);
    expect(in.readUnsignedByte(), 0x2E);
    expect(in.available(), 0);
  }

  private static void expect(int found, int expected) {
    if (found != expected) throw new AssertionError(found + " and not " + expected);
  }

  private void accept(ServerSocket listening) {
    while (true) {
      try {
        Socket socket = listening.accept();
        open.add(socket);
        thread(() -> read(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void read(Socket socket) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try (socket) {
      InputStream in = socket.getInputStream();
      in.transferTo(all);
      if (all.size() > 0) sent.add(all.toByteArray());
    } catch (IOException e) {
      // Cut: nothing that came over it counts.
    } finally {
      open.remove(socket);
    }
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "fake-carbon");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  /** Ends, and all connections with it; the port is free when this returns. */
  void end() throws IOException {
    server.close();
    try {
      accepting.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (Socket socket : open) socket.close();
  }

  @Override
  public void close() throws IOException {
    end();
  }
}
