package io.zibrato.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class LinkTest {
  private static final byte[] SENT = new byte[4000];

  private ServerSocket target;
  private Link link;
  private Socket client;
  private Socket server;

  @BeforeEach
  void open() throws IOException {
    Arrays.fill(SENT, (byte) 'x');
    target = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    link = Link.open("test", target.getLocalPort(), Link.Data.TO_SERVER, 1);
    connect();
  }

  private void connect() throws IOException {
    client = new Socket(InetAddress.getLoopbackAddress(), link.port());
    server = target.accept();
    client.setSoTimeout(200);
    server.setSoTimeout(5_000);
  }

  @AfterEach
  void close() throws IOException {
    client.close();
    server.close();
    link.close();
    target.close();
  }

  private byte[] pass() throws IOException {
    client.getOutputStream().write(SENT);
    return server.getInputStream().readNBytes(SENT.length);
  }

  @Test
  void good_passesBothWays() throws IOException {
    assertThat(pass()).isEqualTo(SENT);
    server.getOutputStream().write(7);
    assertThat(client.getInputStream().read()).isEqualTo(7);
  }

  @Test
  void delayingAndDripping_passAll() throws IOException {
    for (Link.Mode mode : new Link.Mode[] {Link.Mode.DELAYING, Link.Mode.DRIPPING}) {
      link.mode(mode);
      assertThat(pass()).isEqualTo(SENT);
    }
  }

  /** Also those that are just being made, as they are here. */
  @RepeatedTest(100)
  void cutting_endsConnections() {
    link.mode(Link.Mode.CUTTING);

    assertThatThrownBy(() -> server.getInputStream().read()).isInstanceOf(SocketException.class);
  }

  @Test
  void halving_passesSomeOfIt() throws IOException {
    link.mode(Link.Mode.HALVING);

    assertThat(pass().length).isBetween(1, SENT.length - 1);
  }

  @Test
  void damaging_changesWhatGoesTheCheckedWayOnly() throws IOException {
    link.mode(Link.Mode.DAMAGING);
    boolean damaged = false;
    for (int i = 0; i < 100; i++) {
      damaged |= !Arrays.equals(pass(), SENT);
      server.getOutputStream().write(7);
      assertThat(client.getInputStream().read()).isEqualTo(7);
    }

    assertThat(damaged).isTrue();
  }

  @Test
  void stalling_passesNothingUntilItEnds() throws IOException {
    link.mode(Link.Mode.STALLING);
    server.getOutputStream().write(7);
    assertThatThrownBy(() -> client.getInputStream().read())
        .isInstanceOf(SocketTimeoutException.class);
    link.mode(Link.Mode.GOOD);
    client.setSoTimeout(5_000);

    assertThat(client.getInputStream().read()).isEqualTo(7);
  }
}
