package io.zibrato.chaos;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A TCP proxy to one port of this machine, which can be made a bad one while it runs. */
final class Link implements Closeable {
  private static final int CHUNK_BYTES = 8 << 10;
  private static final int DRIPPED_BYTES = 512;
  private static final int MOST_DELAY_MILLIS = 300;
  private static final int DAMAGED_ONE_IN = 4;
  private static final long LOOK_MILLIS = 20;

  /**
   * Which way data goes that may be damaged; the other way there is no check that would find it.
   */
  enum Data {
    TO_SERVER,
    TO_CLIENT,
    UNCHECKED
  }

  /** What it does to what passes. */
  enum Mode {
    GOOD,
    /** Each chunk waits for up to 300 ms. */
    DELAYING,
    /** Connections are reset, and new ones too. */
    CUTTING,
    /** Of each connection's next chunk one half passes, then the connection ends. */
    HALVING,
    /** One bit of one chunk in four is flipped. */
    DAMAGING,
    /** Connections are taken, and nothing passes. */
    STALLING,
    /** Byte by byte. */
    DRIPPING
  }

  private final ServerSocket server;
  private final int target;
  private final Data data;
  private final Random random;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile Mode mode = Mode.GOOD;

  private Link(ServerSocket server, int target, Data data, long seed) {
    this.server = server;
    this.target = target;
    this.data = data;
    this.random = new Random(seed);
  }

  /** Listens on a free port of all interfaces. */
  static Link open(String name, int target, Data data, long seed) throws IOException {
    ServerSocket server = new ServerSocket();
    server.setReuseAddress(true);
    server.bind(new InetSocketAddress(0));
    Link link = new Link(server, target, data, seed);
    daemon("link-" + name, link::accept);
    return link;
  }

  private static void daemon(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return server.getLocalPort();
  }

  void mode(Mode mode) {
    this.mode = mode;
    if (mode == Mode.CUTTING) resetAll();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        connect(server.accept());
      } catch (IOException e) {
        // The client's, or the target is not there: the client sees its connection end.
      }
    }
  }

  private void connect(Socket client) {
    if (mode == Mode.CUTTING) {
      reset(client);
      return;
    }
    String name = Thread.currentThread().getName();
    daemon(
        name + "-up",
        () -> {
          try {
            Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
            if (!admit(client, server)) return;
            daemon(name + "-down", () -> pump(server, client, data == Data.TO_CLIENT));
            pump(client, server, data == Data.TO_SERVER);
          } catch (IOException e) {
            reset(client);
          }
        });
  }

  /** False, and reset, if all were cut, or this was closed, while it was connected. */
  private boolean admit(Socket client, Socket server) {
    sockets.add(client);
    sockets.add(server);
    if (mode != Mode.CUTTING && !this.server.isClosed()) return true;
    reset(client);
    reset(server);
    sockets.remove(client);
    sockets.remove(server);
    return false;
  }

  private void pump(Socket from, Socket to, boolean checked) {
    try (from;
        to) {
      to.setTcpNoDelay(true);
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] chunk = new byte[CHUNK_BYTES];
      for (int length; (length = in.read(chunk)) >= 0; ) pass(chunk, length, out, checked);
    } catch (IOException e) {
      // The one side's end is the other's.
    } finally {
      sockets.remove(from);
      sockets.remove(to);
    }
  }

  private void pass(byte[] chunk, int length, OutputStream out, boolean checked)
      throws IOException {
    while (mode == Mode.STALLING) pause(LOOK_MILLIS);
    switch (mode) {
      case DELAYING -> pause(random(MOST_DELAY_MILLIS));
      case HALVING -> {
        out.write(chunk, 0, length / 2);
        throw new IOException("halved");
      }
      case DAMAGING -> {
        boolean damage = checked && random(DAMAGED_ONE_IN) == 0;
        if (damage) chunk[random(length)] ^= (byte) (1 << random(8));
      }
      case DRIPPING -> {
        int dripped = Math.min(length, DRIPPED_BYTES);
        for (int i = 0; i < dripped; i++) out.write(chunk, i, 1);
        out.write(chunk, dripped, length - dripped);
        return;
      }
      default -> {}
    }
    out.write(chunk, 0, length);
  }

  private int random(int bound) {
    synchronized (random) {
      return random.nextInt(bound);
    }
  }

  private static void pause(long millis) throws IOException {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /** First all are made such that closing resets them: one side's pump closes the other side. */
  private void resetAll() {
    sockets.forEach(Link::resetWhenClosed);
    sockets.forEach(Link::reset);
  }

  private static void reset(Socket socket) {
    resetWhenClosed(socket);
    try {
      socket.close();
    } catch (IOException e) {
      // It is closed, which is all that was wanted.
    }
  }

  private static void resetWhenClosed(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
    } catch (IOException e) {
      // It is closed already.
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    resetAll();
  }
}
