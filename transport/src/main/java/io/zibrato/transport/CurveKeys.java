package io.zibrato.transport;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.zeromq.ZMQ;

/**
 * The keys of one end of a connection that is encrypted by CURVE.
 *
 * <p>A socket that has them speaks nothing else: a peer without any is refused, by its greeting. A
 * client proves that it has its secret key, and that it has asked for this broker; whom the broker
 * admits it decides itself, see its allow-list.
 */
public final class CurveKeys {
  /** In the folder of a client: its own keys. */
  public static final String CLIENT = "client";

  /** In the folder of a client: the public key of its brokers. In a broker's: its own keys. */
  public static final String BROKER = "broker";

  private final KeyFile own;
  private final Optional<KeyFile> broker;

  private CurveKeys(KeyFile own, Optional<KeyFile> broker) {
    this.own = own;
    this.broker = broker;
  }

  /**
   * Reads the folder of an application or a worker: {@code client.key_secret} and {@code
   * broker.key}.
   *
   * @throws IOException naming the file that cannot be used, and why
   */
  public static CurveKeys ofClient(Path folder) throws IOException {
    KeyFile own = KeyFile.readSecret(folder.resolve(CLIENT + KeyFile.SECRET_SUFFIX));
    KeyFile broker = KeyFile.readPublic(folder.resolve(BROKER + KeyFile.PUBLIC_SUFFIX));
    return new CurveKeys(own, Optional.of(broker));
  }

  /**
   * Reads the folder of a broker: {@code broker.key_secret}.
   *
   * @throws IOException naming the file that cannot be used, and why
   */
  public static CurveKeys ofBroker(Path folder) throws IOException {
    KeyFile own = KeyFile.readSecret(folder.resolve(BROKER + KeyFile.SECRET_SUFFIX));
    return new CurveKeys(own, Optional.empty());
  }

  /** Has the socket speak CURVE alone; before it binds or connects. */
  void applyTo(ZMQ.Socket socket) {
    if (broker.isPresent()) socket.setCurveServerKey(broker.get().publicBytes());
    else socket.setCurveServer(true);
    socket.setCurvePublicKey(own.publicBytes());
    socket.setCurveSecretKey(own.secretBytes());
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "CurveKeys[" + own.publicKey() + ']';
  }
}
