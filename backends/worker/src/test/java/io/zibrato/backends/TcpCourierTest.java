package io.zibrato.backends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TcpCourierTest {
  private static final Duration SHORT = Duration.ofMillis(300);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private ServerSocket service;

  @BeforeEach
  void open() throws IOException {
    service = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void close() throws IOException {
    service.close();
    threads.shutdownNow();
  }

  private interface Way {
    byte[] treat(Socket socket) throws Exception;
  }

  private CompletableFuture<byte[]> next(Way way) {
    return CompletableFuture.supplyAsync(
        () -> {
          try (Socket socket = service.accept()) {
            return way.treat(socket);
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        },
        threads);
  }

  private TcpCourier courier(Duration timeout, boolean confirm) {
    return courier(service.getLocalPort(), timeout, confirm);
  }

  private static TcpCourier courier(int port, Duration timeout, boolean confirm) {
    return new TcpCourier("127.0.0.1", port, timeout, confirm, new Pacer(1_000_000));
  }

  @Test
  void deliver_returnsOnceAllIsRead() throws Exception {
    byte[] megabyte = new byte[1 << 20];
    CompletableFuture<byte[]> read = next(socket -> socket.getInputStream().readAllBytes());

    courier(Duration.ofSeconds(10), true).deliver(List.of(megabyte, new byte[] {7}));

    byte[] all = read.get(10, TimeUnit.SECONDS);
    assertThat(all).hasSize((1 << 20) + 1).endsWith((byte) 7);
  }

  @Test
  void deliver_knowsThatNobodyIsThere() throws Exception {
    service.close();

    RetryException e =
        catchThrowableOfType(
            RetryException.class, () -> courier(SHORT, true).deliver(List.of(new byte[1])));

    assertThat(e.ambiguous()).isFalse();
  }

  /** As when the daemon is killed with bytes that it has not read. */
  @Test
  void deliver_isAmbiguousWhenTheServiceReadsOnlyHalf() {
    next(
        socket -> {
          InputStream in = socket.getInputStream();
          in.readNBytes(10);
          socket.setSoLinger(true, 0);
          return new byte[0];
        });

    RetryException e =
        catchThrowableOfType(
            RetryException.class,
            () -> courier(Duration.ofSeconds(10), true).deliver(List.of(new byte[1 << 22])));

    assertThat(e.ambiguous()).isTrue();
  }

  /** With close(2) alone, as the system closes what a process that ends has open. */
  @Test
  void deliver_isAmbiguousWhenTheServiceClosesAsSoonAsItAccepts() throws Exception {
    int tries = 100;
    int ambiguous = 0;
    try (ServerSocketChannel closing = ServerSocketChannel.open()) {
      closing.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      CompletableFuture.runAsync(() -> acceptAndClose(closing), threads);
      TcpCourier courier = courier(closing.socket().getLocalPort(), Duration.ofSeconds(10), true);
      for (int i = 0; i < tries; i++) {
        try {
          courier.deliver(List.of(new byte[100]));
        } catch (RetryException e) {
          if (e.ambiguous()) ambiguous++;
        }
      }
    }

    assertThat(ambiguous).isEqualTo(tries);
  }

  private static void acceptAndClose(ServerSocketChannel closing) {
    try {
      while (true) closing.accept().close();
    } catch (IOException e) {
      // Over.
    }
  }

  @Test
  void deliver_passesOverWhatTheServiceSays() throws Exception {
    CompletableFuture<byte[]> read =
        next(
            socket -> {
              socket.getOutputStream().write("hello\n".getBytes(StandardCharsets.US_ASCII));
              return socket.getInputStream().readAllBytes();
            });

    courier(Duration.ofSeconds(10), true).deliver(List.of(new byte[] {7}));

    assertThat(read.get(10, TimeUnit.SECONDS)).containsExactly(7);
  }

  @Test
  void deliver_givesUpOnAServiceThatReadsNothing() {
    CompletableFuture<Void> over = new CompletableFuture<>();
    next(
        socket -> {
          over.get(30, TimeUnit.SECONDS);
          return new byte[0];
        });

    RetryException e =
        catchThrowableOfType(
            RetryException.class, () -> courier(SHORT, true).deliver(List.of(new byte[1 << 24])));
    over.complete(null);

    assertThat(e.ambiguous()).isTrue();
  }

  /** Else it might be read after what is sent over the next connection, which replaces it. */
  @Test
  void deliver_takesBackWhatItCouldNotBring() throws Exception {
    CompletableFuture<Void> over = new CompletableFuture<>();
    CompletableFuture<byte[]> read =
        next(
            socket -> {
              over.get(30, TimeUnit.SECONDS);
              return socket.getInputStream().readAllBytes();
            });

    assertThatThrownBy(() -> courier(SHORT, true).deliver(List.of(new byte[1 << 24])))
        .isInstanceOf(RetryException.class);
    over.complete(null);

    assertThatThrownBy(() -> read.get(30, TimeUnit.SECONDS))
        .hasRootCauseInstanceOf(SocketException.class);
  }

  @Test
  void greet_refusesAServiceThatDoesNotClose() throws Exception {
    CompletableFuture<Void> over = new CompletableFuture<>();
    Way open =
        socket -> {
          over.get(30, TimeUnit.SECONDS);
          return new byte[0];
        };
    next(open);
    next(open);

    assertThatThrownBy(() -> courier(SHORT, true).greet())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("does not close");
    courier(SHORT, false).greet();
    over.complete(null);
  }

  @Test
  void close_endsWhatIsUnderWay() throws Exception {
    CompletableFuture<Void> accepted = new CompletableFuture<>();
    next(
        socket -> {
          accepted.complete(null);
          try {
            return socket.getInputStream().readAllBytes();
          } catch (SocketException e) {
            return new byte[0];
          }
        });
    TcpCourier courier = courier(Duration.ofSeconds(60), true);
    courier.deliver(List.of(new byte[1]));
    CompletableFuture<Void> over = new CompletableFuture<>();
    next(
        socket -> {
          over.get(30, TimeUnit.SECONDS);
          return new byte[0];
        });
    CompletableFuture<Throwable> failed =
        CompletableFuture.supplyAsync(
            () -> catchThrowableOfType(RetryException.class, () -> courier.deliver(List.of())),
            threads);
    accepted.get(10, TimeUnit.SECONDS);
    while (!failed.isDone()) {
      courier.close();
      Thread.onSpinWait();
    }

    assertThat(failed.get()).isInstanceOf(RetryException.class);
    over.complete(null);
    courier.close();
  }
}
