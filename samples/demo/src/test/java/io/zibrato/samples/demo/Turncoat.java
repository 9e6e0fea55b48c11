package io.zibrato.samples.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What applications and workers take for a broker's two sides, until it {@link #relents}: then it
 * passes bytes on to a true one. Each of its kind has an address of its own in 127.0.0.0/8.
 */
final class Turncoat implements AutoCloseable {
  /** What it does to whoever connects. */
  enum Kind {
    GARBAGE,
    HTTP,
    HUGE,
    ENDLESS,
    SUBSCRIPTIONS,
    RESYNCS,
    FRAMES
  }

  private static final int DAEMON_BUFFER = 64 * 1024;

  private final Kind kind;
  private final String host;
  private final int[] trueBroker;
  private final List<ServerSocket> sides;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile boolean hostile = true;
  private volatile boolean closed;

  /**
   * @param ports the same two as the true broker's
   */
  Turncoat(Kind kind, int[] ports) throws IOException {
    this.kind = kind;
    this.host = "127.0.1." + (kind.ordinal() + 1);
    this.trueBroker = ports;
    InetAddress address = InetAddress.getByName(host);
    sides =
        List.of(new ServerSocket(ports[0], 50, address), new ServerSocket(ports[1], 50, address));
    for (int side = 0; side < 2; side++) {
      int which = side;
      daemon(() -> accept(which));
    }
  }

  String host() {
    return host;
  }

  /** From now on it serves. */
  void relents() throws IOException {
    hostile = false;
    for (Socket socket : open) socket.close();
  }

  private void accept(int side) throws IOException {
    while (!closed) {
      Socket socket = sides.get(side).accept();
      open.add(socket);
      daemon(() -> serve(socket, side));
    }
  }

  private void serve(Socket socket, int side) throws IOException {
    try (socket) {
      if (hostile) play(socket, side);
      else relay(socket, side);
    } finally {
      open.remove(socket);
    }
  }

  private void relay(Socket socket, int side) throws IOException {
    try (Socket broker = new Socket("127.0.0.1", trueBroker[side])) {
      daemon(() -> copy(broker, socket));
      copy(socket, broker);
    }
  }

  private static void copy(Socket from, Socket to) throws IOException {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[DAEMON_BUFFER];
      for (int n; (n = in.read(buffer)) >= 0; ) out.write(buffer, 0, n);
    }
  }

  private void play(Socket socket, int side) throws IOException {
    Random random = new Random(kind.ordinal());
    boolean toApplication = side == 0;
    Stranger peer = new Stranger(socket);
    switch (kind) {
      case GARBAGE -> {
        byte[] garbage = new byte[500];
        random.nextBytes(garbage);
        peer.send(garbage);
      }
      case HTTP -> peer.send(Stranger.ascii("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"));
      case HUGE -> {
        shakeHands(peer, toApplication);
        byte[] header = ByteBuffer.allocate(9).put((byte) 2).putLong(1L << 62).array();
        peer.send(header).send(new byte[1000]);
      }
      case ENDLESS -> {
        shakeHands(peer, toApplication);
        byte[] part = Stranger.framed(1, new byte[toApplication ? 100 : 1_000_000]);
        while (hostile) peer.send(part);
      }
      case SUBSCRIPTIONS -> {
        shakeHands(peer, toApplication);
        while (hostile) {
          byte[] topic = new byte[60];
          random.nextBytes(topic);
          topic[0] = 1;
          peer.message(topic);
        }
      }
      case RESYNCS -> {
        shakeHands(peer, toApplication);
        byte[] resync = new byte[21];
        resync[0] = 3;
        System.arraycopy(Stranger.ascii("info"), 0, resync, 17, 4);
        byte[] heartbeat = new byte[17];
        heartbeat[0] = 4;
        while (hostile) {
          random.nextBytes(heartbeat);
          heartbeat[0] = 4;
          peer.message(resync).message(heartbeat);
        }
      }
      case FRAMES -> {
        shakeHands(peer, toApplication);
        byte[] body = new byte[1_000_000];
        random.nextBytes(body);
        System.arraycopy(Stranger.ascii("\2info\0"), 0, body, 0, 6);
        byte[] text = Stranger.ascii("info|Counter|forged|x|y|z");
        while (hostile) peer.message(Arrays.copyOf(body, 100)).message(text).message(body);
      }
      default -> throw new AssertionError(kind);
    }
    InputStream in = socket.getInputStream();
    while (hostile && in.read() >= 0)
      ;
  }

  private static void shakeHands(Stranger peer, boolean toApplication) throws IOException {
    peer.shakeHands(toApplication ? "XSUB" : "XPUB");
  }

  private interface Task {
    void run() throws IOException;
  }

  private static void daemon(Task task) {
    Thread thread =
        new Thread(
            () -> {
              try {
                task.run();
              } catch (IOException e) {
                // The other side left, or this one is closed.
              }
            },
            "turncoat");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    closed = true;
    hostile = false;
    for (ServerSocket side : sides) side.close();
    for (Socket socket : open) socket.close();
  }
}
