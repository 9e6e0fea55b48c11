package io.zibrato.samples.demo;

import io.zibrato.meter.Series;
import io.zibrato.meter.SeriesType;
import io.zibrato.wire.Frame;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/**
 * What strangers do to a broker's two ports. Each returns once it is done; what it left open stays
 * so until this is closed.
 */
final class Attacks implements AutoCloseable {
  private static final String[] LENGTHS = {
    "06FFFFFFFFFFFFFFFF",
    "068000000000000000",
    "06800000007FFFFFF0",
    "02000000007FFFFFF0",
    "027FFFFFFFFFFFFFFF",
    "02FFFFFFFFFFFFFFFF",
    "0700000000FFFFFFFF",
    "02000000000010000141",
    "00",
    "04050450494E47", // a PING that ends early
    "0000",
  };

  private static final String[] HELLOS = {
    "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc\u0003\u0003", // TLS
    "SSH-2.0-OpenSSH_9.0\r\n",
    "*1\r\n$4\r\nPING\r\n", // Redis
    "\0\0\0\u0085\u00ffSMBr", // SMB
    "EHLO localhost\r\n",
    "\u0001\0", // ZMTP 1
    "\u00ff\0\0\0\0\0\0\0\u0001\u007f\u0001\u0002\0\0", // ZMTP 2
  };

  private final int publisherPort;
  private final int workerPort;
  private final Random random;
  private final List<Stranger> open = new ArrayList<>();

  Attacks(int publisherPort, int workerPort, long seed) {
    this.publisherPort = publisherPort;
    this.workerPort = workerPort;
    this.random = new Random(seed);
  }

  /** J1 to J4, X1, and hellos of other protocols. */
  void lengthsAndHellos() throws IOException {
    for (int port : new int[] {publisherPort, workerPort}) {
      for (String hex : LENGTHS) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        attempt(() -> open(port).greet().send(bytes));
        attempt(() -> open(port).shakeHands(type(port)).send(bytes));
        attempt(() -> open(port).greet().send(bytes).close());
      }
      for (String hello : HELLOS) attempt(() -> open(port).send(Stranger.ascii(hello)));
    }
  }

  /** X2: a valid session, cut at every byte, and random bytes at any stage. */
  void randomBytes(int rounds) throws IOException {
    for (int i = 0; i < rounds; i++) {
      int port = i % 2 == 0 ? publisherPort : workerPort;
      byte[] bytes = new byte[1 + random.nextInt(400)];
      random.nextBytes(bytes);
      int stage = i % 3;
      attempt(
          () -> {
            Stranger stranger = new Stranger(port);
            if (stage > 0) stranger.greet();
            if (stage > 1) stranger.ready(type(port));
            stranger.send(bytes).close();
          });
    }
    byte[] frame = frame(UUID.randomUUID(), 1, 0);
    for (int cut = 0; cut < frame.length; cut += 7) {
      byte[] part = Arrays.copyOf(Stranger.framed(0, frame), 9 + cut);
      attempt(() -> new Stranger(publisherPort).shakeHands("PUB").send(part).close());
    }
  }

  /** A message of parts without end. */
  void endlessMessage(int mebibytes) throws IOException {
    byte[] part = Stranger.framed(1, new byte[1_000_000]);
    byte[] shortPart = Stranger.framed(1, new byte[60]);
    attempt(() -> repeat(open(publisherPort).shakeHands("PUB"), part, mebibytes));
    attempt(() -> repeat(open(workerPort).shakeHands("SUB"), shortPart, 20_000));
  }

  /** Messages that are announced, and do not come. */
  void announcedOnly(int connections) throws IOException {
    byte[] header = ByteBuffer.allocate(9).put((byte) 2).putLong(1 << 20).array();
    for (int i = 0; i < connections; i++) {
      attempt(() -> open(publisherPort).shakeHands("PUB").send(header));
    }
  }

  /** Workers that want everything and read nothing, while much is published. */
  void deafWorkers(int workers, int mebibytes) throws IOException {
    byte[] body = new byte[1_000_000];
    System.arraycopy(Stranger.ascii("deaf|"), 0, body, 0, 5);
    byte[] message = Stranger.framed(0, body);
    for (int i = 0; i < workers; i++) {
      attempt(() -> open(workerPort).shakeHands("SUB").message(Stranger.ascii("\1deaf|")));
      attempt(
          () -> repeat(open(publisherPort).shakeHands("PUB"), message, mebibytes / workers));
    }
  }

  /** J5, J7, X4: topics that are many, long, and deep; and frames that no broker passes up. */
  void subscriptions(int topics) throws IOException {
    attempt(() -> open(workerPort).shakeHands("SUB").message(new byte[1 << 20]));
    for (int connection = 0; connection < 4; connection++) {
      int which = connection;
      attempt(
          () -> {
            Stranger stranger = open(workerPort).shakeHands("XSUB");
            ByteBuffer batch = ByteBuffer.allocate(64 * 1024);
            for (int i = 0; i < topics / 4; i++) {
              byte[] topic = new byte[60];
              random.nextBytes(topic);
              topic[0] = 1;
              topic[1] = (byte) which;
              batch.put(Stranger.framed(0, topic));
              if (batch.remaining() > 100) continue;
              stranger.send(Arrays.copyOf(batch.array(), batch.position()));
              batch.clear();
            }
          });
    }
    byte[] upwards = Stranger.framed(0, Stranger.ascii("\2info\0 nobody asked"));
    attempt(() -> repeat(open(workerPort).shakeHands("XSUB"), many(upwards, 1000), 200));
    byte[] resync = new byte[21];
    resync[0] = 3;
    System.arraycopy(Stranger.ascii("info"), 0, resync, 17, 4);
    attempt(
        () -> repeat(open(workerPort).shakeHands("XSUB"), many(Stranger.framed(0, resync), 1000), 50));
  }

  /** X3: connections that say nothing, or slowly, or greet and say no more. */
  void idle(int connections) throws IOException {
    for (int i = 0; i < connections; i++) {
      int port = i % 2 == 0 ? publisherPort : workerPort;
      boolean greets = i % 4 < 2;
      attempt(() -> greeted(open(port), greets));
    }
  }

  private static Stranger greeted(Stranger stranger, boolean greets) throws IOException {
    return greets ? stranger.greet() : stranger.send(new byte[] {(byte) 0xFF});
  }

  /** X3: connections that come and go. */
  void comeAndGo(int connections) throws IOException {
    for (int i = 0; i < connections; i++) {
      int port = i % 2 == 0 ? publisherPort : workerPort;
      boolean greets = i % 4 < 2;
      attempt(
          () -> {
            Stranger stranger = new Stranger(port);
            if (greets) stranger.shakeHands(type(port));
            stranger.close();
          });
    }
  }

  /** X6, X9: frames that are valid, and lie; levels, instances, sequences and series of all kinds. */
  void forgedFrames(int frames) throws IOException {
    Stranger stranger = open(publisherPort).shakeHands("PUB");
    UUID one = UUID.randomUUID();
    for (int i = 0; i < frames; i++) {
      byte[] valid = frame(i % 3 == 0 ? one : UUID.randomUUID(), sequence(i), i % 5);
      byte[] mutated = valid.clone();
      mutated[random.nextInt(mutated.length)] ^= (byte) (1 + random.nextInt(255));
      attempt(() -> stranger.message(valid).message(mutated));
      byte[] level = Stranger.ascii("level" + i + "|Counter|n|1|0|s");
      byte[] series = Stranger.ascii("info|Counter|forged." + i % 500 + "|1|0|s");
      attempt(() -> stranger.message(level).message(series));
    }
    Stranger victim = open(publisherPort).shakeHands("PUB");
    attempt(() -> victim.message(Stranger.ascii("info|Counter|forged.victim|1|0|s")));
    String address = "127.0.0.1:" + victim.localPort();
    attempt(
        () ->
            open(publisherPort)
                .shakeHands("PUB", "Peer-Address", address, "Identity", "x".repeat(255))
                .message(Stranger.ascii("info|Counter|forged.address|1|0|s")));
  }

  private long sequence(int i) {
    return i % 4 == 0 ? Long.MAX_VALUE - i : 1 + random.nextInt(1000);
  }

  /** X10: one application that floods, with levels that somebody wants. */
  void flood(int messages) throws IOException {
    byte[] message = Stranger.framed(0, Stranger.ascii("flood|Counter|flood|1|0|s"));
    byte[] batch = many(message, 1000);
    attempt(() -> repeat(open(publisherPort).shakeHands("PUB"), batch, messages / 1000));
  }

  private static byte[] frame(UUID instance, long sequence, int flavour) {
    long now = System.currentTimeMillis();
    String name = "forged.frame." + flavour;
    Series series =
        new Series("info", SeriesType.COUNTER, name, "s", Map.of("tag", "v".repeat(flavour * 50)));
    return new Frame(
            "info",
            instance,
            flavour == 1 ? Long.MAX_VALUE : now,
            sequence,
            now,
            flavour != 2,
            flavour == 3,
            0,
            1,
            Map.of("forged-cause", Long.MAX_VALUE),
            List.of(new Frame.Definition(flavour == 4 ? Integer.MAX_VALUE : 0, series)),
            List.of(new Frame.CounterValue(0, flavour == 4 ? Long.MAX_VALUE : 1)),
            List.of(),
            List.of(
                new Frame.GaugeWindow(
                    Long.MAX_VALUE, List.of(new Frame.GaugeValue(7, Long.MAX_VALUE, 1)))))
        .encode();
  }

  private static byte[] many(byte[] bytes, int times) {
    ByteBuffer many = ByteBuffer.allocate(bytes.length * times);
    for (int i = 0; i < times; i++) many.put(bytes);
    return many.array();
  }

  private static void repeat(Stranger stranger, byte[] bytes, int times) throws IOException {
    for (int i = 0; i < times; i++) stranger.send(bytes);
  }

  private interface Attempt {
    void make() throws IOException;
  }

  /** Being cut, or not let in, is no failure of an attack. */
  private static void attempt(Attempt attempt) {
    try {
      attempt.make();
    } catch (IOException e) {
      // That is what the other side is to do.
    }
  }

  private String type(int port) {
    return port == publisherPort ? "PUB" : "SUB";
  }

  private Stranger open(int port) throws IOException {
    Stranger stranger = new Stranger(port);
    open.add(stranger);
    return stranger;
  }

  @Override
  public void close() throws IOException {
    for (Stranger stranger : open) stranger.close();
    open.clear();
  }
}
