package io.zibrato.broker;

import com.neilalexander.jnacl.crypto.curve25519xsalsa20poly1305;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.zeromq.ZMQ;

/**
 * Speaks CURVE by hand, as far as a test wants it to. It knows the broker's public key, which is no
 * secret.
 */
final class HostileCurvePeer implements AutoCloseable {
  private static final byte COMMAND = 4;
  private static final byte LONG_COMMAND = 6;

  private final int port;
  private final HostilePeer raw;
  private final byte[] brokerKey;
  private final byte[] publicKey = new byte[32];
  private final byte[] secretKey = new byte[32];
  private final byte[] shortPublic = new byte[32];
  private final byte[] shortSecret = new byte[32];
  private byte[] brokersShort;
  private byte[] cookie;
  private long nonce;

  HostileCurvePeer(int port, String brokerKey) throws IOException {
    this.port = port;
    raw = new HostilePeer(port);
    this.brokerKey = ZMQ.Curve.z85Decode(brokerKey);
    curve25519xsalsa20poly1305.crypto_box_keypair(publicKey, secretKey);
    curve25519xsalsa20poly1305.crypto_box_keypair(shortPublic, shortSecret);
  }

  int port() {
    return port;
  }

  HostileCurvePeer greet() throws IOException {
    raw.greet("CURVE");
    raw.read(64);
    return this;
  }

  HostileCurvePeer hello() throws IOException {
    ByteBuffer hello = ByteBuffer.allocate(200).put(bytes("\5HELLO")).put((byte) 1).put((byte) 0);
    hello.position(80);
    hello.put(shortPublic).putLong(++nonce);
    hello.put(box(new byte[64], nonce("CurveZMQHELLO---", nonce), brokerKey, shortSecret));
    command(hello.array());
    byte[] welcome = raw.readCommand();
    if (welcome.length != 168) throw new IOException("no WELCOME: " + welcome.length);
    byte[] welcomeNonce = new byte[24];
    System.arraycopy(bytes("WELCOME-"), 0, welcomeNonce, 0, 8);
    System.arraycopy(welcome, 8, welcomeNonce, 8, 16);
    byte[] opened =
        open(Arrays.copyOfRange(welcome, 24, 168), welcomeNonce, brokerKey, shortSecret);
    brokersShort = Arrays.copyOfRange(opened, 0, 32);
    cookie = Arrays.copyOfRange(opened, 32, 128);
    return this;
  }

  /** As a client does it, with these properties. */
  HostileCurvePeer initiate(byte[] properties) throws IOException {
    byte[] vouchNonce = new byte[24];
    System.arraycopy(bytes("VOUCH---"), 0, vouchNonce, 0, 8);
    byte[] vouched = ByteBuffer.allocate(64).put(shortPublic).put(brokerKey).array();
    ByteArrayOutputStream plain = new ByteArrayOutputStream();
    plain.write(publicKey);
    plain.write(vouchNonce, 8, 16);
    plain.write(box(vouched, vouchNonce, brokersShort, secretKey));
    plain.write(properties);
    ByteArrayOutputStream initiate = new ByteArrayOutputStream();
    initiate.write(bytes("\10INITIATE"));
    initiate.write(cookie);
    initiate.write(ByteBuffer.allocate(8).putLong(++nonce).array());
    byte[] initiateNonce = nonce("CurveZMQINITIATE", nonce);
    initiate.write(box(plain.toByteArray(), initiateNonce, brokersShort, shortSecret));
    return command(initiate.toByteArray());
  }

  /** Waits until it is admitted. */
  HostileCurvePeer ready() throws IOException {
    String command = new String(raw.readCommand(), StandardCharsets.ISO_8859_1);
    if (!command.startsWith("\5READY")) throw new IOException("no READY: " + command);
    return this;
  }

  /** A message that is sealed well, whatever is in it. */
  HostileCurvePeer message(int flags, byte[] body) throws IOException {
    byte[] plain = ByteBuffer.allocate(1 + body.length).put((byte) flags).put(body).array();
    byte[] sealed = box(plain, nonce("CurveZMQMESSAGEC", ++nonce), brokersShort, shortSecret);
    ByteBuffer message = ByteBuffer.allocate(16 + sealed.length).put(bytes("\7MESSAGE"));
    return command(message.putLong(nonce).put(sealed).array());
  }

  String publicKey() {
    return ZMQ.Curve.z85Encode(publicKey);
  }

  HostileCurvePeer command(byte[] body) throws IOException {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    if (body.length < 256) {
      frame.write(COMMAND);
      frame.write(body.length);
    } else {
      frame.write(LONG_COMMAND);
      frame.write(ByteBuffer.allocate(8).putLong(body.length).array());
    }
    frame.write(body);
    raw.send(frame.toByteArray());
    return this;
  }

  HostileCurvePeer send(byte[] bytes) throws IOException {
    raw.send(bytes);
    return this;
  }

  static byte[] property(String name, int length, String value) {
    ByteBuffer property = ByteBuffer.allocate(1 + name.length() + 4 + value.length());
    property.put((byte) name.length()).put(bytes(name)).putInt(length).put(bytes(value));
    return property.array();
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] nonce(String prefix, long number) {
    return ByteBuffer.allocate(24).put(bytes(prefix)).putLong(number).array();
  }

  private static byte[] box(byte[] plain, byte[] nonce, byte[] publicKey, byte[] secretKey) {
    byte[] padded = new byte[32 + plain.length];
    System.arraycopy(plain, 0, padded, 32, plain.length);
    byte[] sealed = new byte[padded.length];
    curve25519xsalsa20poly1305.crypto_box(
        sealed, padded, padded.length, nonce, publicKey, secretKey);
    return Arrays.copyOfRange(sealed, 16, sealed.length);
  }

  private static byte[] open(byte[] box, byte[] nonce, byte[] publicKey, byte[] secretKey) {
    byte[] padded = new byte[16 + box.length];
    System.arraycopy(box, 0, padded, 16, box.length);
    byte[] plain = new byte[padded.length];
    int failed =
        curve25519xsalsa20poly1305.crypto_box_open(
            plain, padded, padded.length, nonce, publicKey, secretKey);
    if (failed != 0) throw new AssertionError("cannot open what the broker sealed");
    return Arrays.copyOfRange(plain, 32, plain.length);
  }

  @Override
  public void close() throws IOException {
    raw.close();
  }
}
