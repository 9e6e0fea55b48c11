package io.zibrato.backends.statsd;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Listens on one port by UDP and TCP, and keeps what it reads. */
final class FakeDaemon implements Closeable {
  private final List<String> packets = new CopyOnWriteArrayList<>();
  private final ServerSocket server;
  private DatagramSocket datagrams;
  private Thread receiver;

  FakeDaemon() throws IOException {
    server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    start(this::accept);
    listen();
  }

  int port() {
    return server.getLocalPort();
  }

  /** What every connection or datagram held, oldest first; probes are left out. */
  List<String> packets() {
    return packets.stream().filter(packet -> !packet.isBlank()).toList();
  }

  List<StatsdReader.Line> lines() {
    return packets.stream().flatMap(packet -> StatsdReader.lines(packet).stream()).toList();
  }

  /** Listens to datagrams again. */
  synchronized void listen() throws IOException {
    DatagramSocket socket = new DatagramSocket(null);
    socket.setReceiveBufferSize(1 << 20);
    socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port()));
    datagrams = socket;
    receiver = start(() -> receive(socket));
  }

  /** No longer listens to datagrams; a receiver that still waits would hold the port. */
  synchronized void deafen() {
    datagrams.close();
    try {
      receiver.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Thread start(Runnable work) {
    Thread thread = new Thread(work, "fake-daemon");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private void accept() {
    while (true) {
      try (Socket socket = server.accept()) {
        packets.add(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
      } catch (SocketException e) {
        return;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void receive(DatagramSocket socket) {
    byte[] buffer = new byte[65_536];
    while (true) {
      DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
      try {
        socket.receive(packet);
      } catch (IOException e) {
        return;
      }
      packets.add(new String(buffer, 0, packet.getLength(), StandardCharsets.US_ASCII));
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    deafen();
  }
}
