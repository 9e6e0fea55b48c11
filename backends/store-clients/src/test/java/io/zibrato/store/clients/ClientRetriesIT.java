package io.zibrato.store.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.zibrato.librato.Alert;
import io.zibrato.librato.Annotation;
import io.zibrato.librato.AnnotationEvent;
import io.zibrato.librato.Chart;
import io.zibrato.librato.ChartStream;
import io.zibrato.librato.Condition;
import io.zibrato.librato.LibratoClient;
import io.zibrato.librato.Link;
import io.zibrato.librato.ListQuery;
import io.zibrato.librato.Measurement;
import io.zibrato.librato.Query;
import io.zibrato.librato.Service;
import io.zibrato.librato.Space;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Our client while the store is killed under it: nothing is lost, and nothing is there twice. */
class ClientRetriesIT extends ClientSuite {
  private interface Work {
    void on(LibratoClient client) throws IOException;
  }

  /**
   * Has the store killed once it has done the first thing that it is asked, and before the client
   * knows, and started again at once.
   */
  private void acrossAKill(Work work) throws Exception {
    AtomicBoolean killed = new AtomicBoolean();
    try (Relay relay =
            new Relay(
                store.url(),
                UnaryOperator.identity(),
                () -> {
                  if (!killed.compareAndSet(false, true)) return true;
                  store.kill();
                  store.startAgain();
                  return false;
                });
        LibratoClient lossy =
            builder()
                .url(relay.url())
                .retries(20)
                .backoff(Duration.ofMillis(50), Duration.ofMillis(500))
                .build()) {
      work.on(lossy);

      assertThat(killed).isTrue();
      assertThat(new HashSet<>(relay.headers("Idempotency-Key"))).hasSizeLessThan(2);
    }
  }

  @Test
  void submission_isStoredOnce() throws Exception {
    acrossAKill(c -> c.metrics().submit(Measurement.gauge("cpu", 3).source("s").time(TIME)));
    acrossAKill(c -> c.measurements().submit(Measurement.gauge("mem", 4).tag("a", "b").time(TIME)));

    assertThat(store.bySource("cpu", "s", "count")).containsExactly(1.0);
    assertThat(store.sumByTags("mem", "count", Map.of("a", "b"))).isEqualTo(1);
  }

  @Test
  void annotation_isPostedOnce() throws Exception {
    acrossAKill(c -> c.annotations().post("deploys", AnnotationEvent.titled("v1").startTime(TIME)));

    Map<String, List<Annotation>> events =
        client.annotations().getStream("deploys", Query.since(TIME)).events();
    assertThat(events.get("unassigned")).hasSize(1);
    long id = events.get("unassigned").get(0).id();
    acrossAKill(c -> c.annotations().addLink("deploys", id, new Link("ci", "https://x.example")));
    assertThat(client.annotations().get("deploys", id).links()).hasSize(1);
  }

  @Test
  void spaceAndChart_areCreatedOnce() throws Exception {
    acrossAKill(c -> c.spaces().create("Web"));
    Space web = client.spaces().find("Web").orElseThrow();
    acrossAKill(c -> c.spaces().charts(web.id()).create(Chart.line("a", ChartStream.metric("a"))));

    assertThat(client.spaces().list(ListQuery.all()).items()).hasSize(1);
    assertThat(client.spaces().charts(web.id()).list()).hasSize(1);
  }

  @Test
  void serviceAndAlert_areCreatedOnce() throws Exception {
    acrossAKill(
        c -> c.services().create(Service.of("mail", "Ops", Map.of("addresses", "a@example.com"))));
    acrossAKill(c -> c.alerts().create(Alert.named("slow").when(Condition.above("delay", 1))));

    assertThat(client.services().list(ListQuery.all()).items()).hasSize(1);
    assertThat(client.alerts().list(ListQuery.all()).items()).hasSize(1);
  }

  @Test
  void deletion_isDone() throws Exception {
    client.metrics().submit("a", 1);

    acrossAKill(c -> c.metrics().delete("a"));

    assertThat(store.metrics()).isEmpty();
  }

  @Test
  void storeThatIsDown_isWaitedFor() throws Exception {
    try (LibratoClient patient =
        builder().retries(500).backoff(Duration.ofMillis(50), Duration.ofMillis(200)).build()) {
      patient.metrics().submit(Measurement.gauge("cpu", 1).source("s").time(TIME));
      store.kill();
      CompletableFuture<Void> submitted =
          CompletableFuture.runAsync(
              () -> {
                try {
                  patient.metrics().submit(Measurement.gauge("cpu", 2).source("s").time(TIME));
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      store.startAgain();
      submitted.get(120, TimeUnit.SECONDS);
    }

    assertThat(store.bySource("cpu", "s", "count")).containsExactly(2.0);
    assertThat(store.bySource("cpu", "s", "sum")).containsExactly(3.0);
  }

  @Test
  void manyKills_loseAndDoubleNothing() throws Exception {
    int each = 60;
    AtomicInteger submitted = new AtomicInteger();
    try (LibratoClient patient =
        builder().retries(500).backoff(Duration.ofMillis(20), Duration.ofMillis(200)).build()) {
      CompletableFuture<Void> work =
          CompletableFuture.runAsync(
              () -> {
                try {
                  for (int i = 0; i < 4 * each; i++) {
                    patient
                        .metrics()
                        .submit(
                            Measurement.gauge("cpu", i).source("s").time(TIME + i),
                            Measurement.gauge("mem", i).tag("host", "a").time(TIME + i));
                    submitted.incrementAndGet();
                  }
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      for (int kill = 1; kill <= 3; kill++) {
        int reached = kill * each;
        await()
            .atMost(Duration.ofSeconds(120))
            .until(() -> submitted.get() >= reached || work.isDone());
        store.kill();
        store.startAgain();
      }
      work.get(120, TimeUnit.SECONDS);
    }

    assertThat(store.bySource("cpu", "s", "count")).hasSize(4 * each).containsOnly(1.0);
    assertThat(store.byTags("mem", "count").get(Map.of("host", "a")).values())
        .hasSize(4 * each)
        .containsOnly(1.0);
  }
}
