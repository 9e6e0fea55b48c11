package io.zibrato.bench.footprint;

import io.zibrato.broker.Broker;
import io.zibrato.broker.BrokerOptions;
import io.zibrato.wire.Frame;
import io.zibrato.wire.MalformedFrameException;
import io.zibrato.wire.Message;
import io.zibrato.wire.Topic;
import java.io.IOException;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/**
 * A process with a real broker, and a subscriber to {@code info} that reads and decodes every
 * frame, as a worker does.
 *
 * <p>It says the broker's port, then what has arrived, each time it is given a line, and ends with
 * its standard input.
 */
final class PeerMain {
  private static final int QUEUED_FRAMES = 10_000;
  private static final int POLL_MILLIS = 50;

  private final Arrived.Tally tally = new Arrived.Tally(); // guarded by itself

  private PeerMain() {}

  public static void main(String[] args) throws IOException {
    try (Broker broker = Broker.start(BrokerOptions.onLoopback(0));
        ZContext context = new ZContext()) {
      PeerMain peer = new PeerMain();
      ZMQ.Socket socket = context.createSocket(SocketType.SUB);
      socket.setRcvHWM(QUEUED_FRAMES);
      socket.setReceiveTimeOut(POLL_MILLIS);
      socket.subscribe(Topic.ofFrames("info"));
      socket.connect("tcp://127.0.0.1:" + broker.workerPort());
      Thread reader = new Thread(() -> peer.read(socket), "peer-reads");
      reader.setDaemon(true);
      reader.start();
      Figures port = new Figures();
      port.put("port", broker.publisherPort());
      say(port);
      while (skipLine()) say(peer.arrived().figures());
      // The socket is the reader's, and ends with the process.
      System.exit(0);
    }
  }

  private static void say(Figures figures) {
    figures.lines().forEach(System.out::println);
    System.out.flush();
  }

  private static boolean skipLine() throws IOException {
    int c;
    do {
      c = System.in.read();
    } while (c >= 0 && c != '\n');
    return c >= 0;
  }

  private void read(ZMQ.Socket socket) {
    while (true) {
      byte[] bytes = socket.recv();
      if (bytes != null) take(bytes);
    }
  }

  private void take(byte[] bytes) {
    try {
      if (Message.decode(bytes) instanceof Frame frame) {
        synchronized (tally) {
          tally.add(frame, bytes.length);
        }
      }
    } catch (MalformedFrameException e) {
      throw new IllegalStateException("from the publisher", e);
    }
  }

  private Arrived arrived() {
    synchronized (tally) {
      return tally.sum();
    }
  }
}
