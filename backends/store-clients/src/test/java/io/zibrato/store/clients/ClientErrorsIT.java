package io.zibrato.store.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.zibrato.librato.BadRequestException;
import io.zibrato.librato.ForbiddenException;
import io.zibrato.librato.LibratoClient;
import io.zibrato.librato.LibratoException;
import io.zibrato.librato.Measurement;
import io.zibrato.librato.NoAnswerException;
import io.zibrato.librato.NotFoundException;
import io.zibrato.librato.RateLimitedException;
import io.zibrato.librato.ServerErrorException;
import io.zibrato.librato.UnauthorizedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Our client's exceptions, each for what the store really answers. */
class ClientErrorsIT extends ClientSuite {
  @Test
  void badRequest_saysEachReason() {
    assertThatThrownBy(
            () ->
                client
                    .metrics()
                    .submit(
                        Measurement.gauge("a b", 1),
                        Measurement.gauge("old", 1).time(5),
                        Measurement.gauge("big", 1e127)))
        .isInstanceOfSatisfying(
            BadRequestException.class,
            e -> {
              assertThat(e.status()).isEqualTo(400);
              assertThat(e.body()).startsWith("{\"errors\":{\"params\":{");
            })
        .hasMessageStartingWith("[400] params: ")
        .hasMessageContaining("name: ")
        .hasMessageContaining("measure_time: ")
        .hasMessageContaining("value: ");
  }

  @Test
  void otherType_isABadRequestThatNamesTheMetric() throws Exception {
    client.metrics().submit(Measurement.gauge("cpu", 1));

    assertThatThrownBy(() -> client.metrics().submit(Measurement.counter("cpu", 1)))
        .isInstanceOf(BadRequestException.class)
        .hasMessageContaining("'cpu' is a gauge, but was submitted as different type");
  }

  @Test
  void wrongToken_isUnauthorized() {
    try (LibratoClient other =
        LibratoClient.builder().url(store.url()).credentials(RealStore.USER, "wrong").build()) {
      assertThatThrownBy(() -> other.metrics().list())
          .isInstanceOf(UnauthorizedException.class)
          .hasMessage("[401] request: Authorization Required");
      assertThatThrownBy(() -> other.measurements().submit(Measurement.gauge("a", 1).tag("b", "c")))
          .isInstanceOf(UnauthorizedException.class);
    }
  }

  @Test
  void otherName_isForbiddenToAStoreWithoutCredentials() throws Exception {
    try (RealStore open = RealStore.startOpen(Files.createDirectory(dir.resolve("open")));
        Relay relay =
            new Relay(
                open.url(),
                head -> head.replaceFirst("(?i)\r\nHost: [^\r]*", "\r\nHost: store.example.com"),
                () -> true);
        LibratoClient other = LibratoClient.builder().url(relay.url()).build()) {
      assertThatThrownBy(() -> other.metrics().list())
          .isInstanceOf(ForbiddenException.class)
          .hasMessageContaining("store.example.com");
    }
  }

  @Test
  void whatIsNotThere_isNotFound() {
    assertThatThrownBy(() -> client.metrics().get("none"))
        .isInstanceOf(NotFoundException.class)
        .hasMessage("[404] request: Not Found");
    assertThatThrownBy(() -> client.annotations().getStream("none"))
        .isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> client.spaces().get(1)).isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> client.alerts().get(1)).isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> client.services().get(1)).isInstanceOf(NotFoundException.class);
  }

  @Test
  void tooMany_isToldByItsStatus() {
    List<Measurement> many = new ArrayList<>();
    for (int i = 0; i < 10_001; i++) many.add(Measurement.gauge("a", i));

    LibratoException e =
        catchThrowableOfType(LibratoException.class, () -> client.metrics().submit(many));
    assertThat(e.getClass()).isEqualTo(LibratoException.class);
    assertThat(e.status()).isEqualTo(413);
  }

  @Test
  void fullDisk_isAServerError() throws Exception {
    try (RealStore full =
            RealStore.startShortOfDisk(Files.createDirectory(dir.resolve("full")), 4096);
        LibratoClient other =
            LibratoClient.builder()
                .url(full.url())
                .credentials(RealStore.USER, RealStore.TOKEN)
                .retries(0)
                .build()) {
      ServerErrorException failed = null;
      for (int i = 0; failed == null && i < 400; i++) {
        List<Measurement> many = new ArrayList<>();
        for (int m = 0; m < 3000; m++) {
          many.add(Measurement.gauge("m" + m, m).source("s" + i).time(TIME + i));
        }
        failed =
            catchThrowableOfType(ServerErrorException.class, () -> other.metrics().submit(many));
      }

      assertThat(failed).isNotNull();
      assertThat(failed.status()).isBetween(500, 599);
      assertThat(failed).hasMessageContaining("system: ");
      assertThat(other.metrics().list().items()).isNotEmpty();
    }
  }

  @Test
  void tooMuchAtOnce_isRateLimited() throws Exception {
    List<LibratoClient> clients = new ArrayList<>();
    for (int i = 0; i < 6; i++) clients.add(builder().retries(0).build()); // 16 connections each
    ExecutorService threads = Executors.newFixedThreadPool(96);
    AtomicReference<RateLimitedException> limited = new AtomicReference<>();
    AtomicInteger taken = new AtomicInteger();
    long giveUpNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    for (int t = 0; t < 96; t++) {
      List<Measurement> measurements = new ArrayList<>();
      for (int i = t % 24 == 0 ? 10_000 : 1; i > 0; i--) {
        measurements.add(Measurement.gauge("cpu", 1).source("s").time(TIME));
      }
      LibratoClient each = clients.get(t % clients.size());
      threads.execute(
          () -> {
            while (limited.get() == null && System.nanoTime() < giveUpNanos) {
              try {
                each.metrics().submit(measurements);
                taken.addAndGet(measurements.size());
              } catch (RateLimitedException e) {
                limited.set(e);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            }
          });
    }
    threads.shutdown();
    assertThat(threads.awaitTermination(120, TimeUnit.SECONDS)).isTrue();
    clients.forEach(LibratoClient::close);

    assertThat(limited.get()).isNotNull();
    assertThat(limited.get().retryAfterSeconds()).isPositive();
    assertThat(store.measurements()).isEqualTo(taken.get());
  }

  @Test
  void deadStore_isNoAnswer() throws Exception {
    client.close();
    client = builder().retries(0).build();
    store.kill();

    assertThatThrownBy(() -> client.metrics().submit("a", 1))
        .isInstanceOfSatisfying(
            NoAnswerException.class, e -> assertThat(e.mayHaveArrived()).isFalse())
        .hasMessageContaining("POST /v1/metrics");
  }
}
