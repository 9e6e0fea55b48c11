package io.zibrato.samples.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.zibrato.Zibrato;
import io.zibrato.meter.Counter;
import io.zibrato.meter.Timer;
import io.zibrato.processes.Child;
import io.zibrato.processes.Children;
import io.zibrato.processes.Installation;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever is killed between an application and the service, by SIGKILL and under load: what the
 * service holds in the end is what the application counted, neither less nor more.
 */
class KillsIT {
  private static final Installation INSTALLATION = new Installation(Tools.HOME);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int KILLS = Integer.getInteger("zibrato.test.kills");

  @TempDir Path dir;
  private final Random random = new Random(20261121);
  private final AtomicBoolean over = new AtomicBoolean();
  private final List<Thread> load = new ArrayList<>();
  private Children children;
  private StoreClient client;
  private Child store;
  private String storePort;
  private Child broker;
  private String brokerPort;
  private Child worker;
  private Zibrato zibrato;
  private Counter counter;
  private Timer timer;
  private int started;

  @BeforeEach
  void open() throws Exception {
    children = new Children();
    startStore("0");
    startBroker("0");
    // Before the application: what is older than a worker's state counts from then on only.
    worker = startWorker();
    zibrato =
        Zibrato.builder()
            .port(Integer.parseInt(brokerPort))
            .source("app")
            .publishInterval(Duration.ofMillis(50))
            .build();
    counter = zibrato.counter("info", "kills.count");
    timer = zibrato.timer("info", "kills.time");
    for (int i = 0; i < 2; i++) {
      Thread thread = new Thread(this::count, "counts-" + i);
      thread.start();
      load.add(thread);
    }
  }

  @AfterEach
  void close() throws InterruptedException {
    over.set(true);
    for (Thread thread : load) thread.join();
    zibrato.close();
    children.close();
  }

  private void count() {
    while (!over.get()) {
      for (int i = 0; i < 100; i++) counter.increment();
      timer.record(1_000_000);
      try {
        TimeUnit.MILLISECONDS.sleep(1);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  @Test
  void workersKilled_loseAndDoubleNothing() throws Exception {
    for (int i = 0; i < KILLS; i++) {
      aWhile();
      worker.kill();
      worker = startWorker();
    }

    assertExact();
  }

  @Test
  void brokersKilled_loseAndDoubleNothing() throws Exception {
    for (int i = 0; i < KILLS; i++) {
      aWhile();
      broker.kill();
      aWhile();
      startBroker(brokerPort);
    }

    assertExact();
  }

  @Test
  void storesKilled_loseAndDoubleNothing() throws Exception {
    for (int i = 0; i < KILLS; i++) {
      aWhile();
      store.kill();
      aWhile();
      startStore(storePort);
    }

    assertExact();
  }

  private void assertExact() throws Exception {
    aWhile();
    over.set(true);
    for (Thread thread : load) thread.join();
    long counted = counter.sum();
    long timed = timer.count();
    assertThat(counted).isPositive();
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> sum("kills.count") >= counted && held("kills.time").count() >= timed);
    aWhile();
    assertThat(sum("kills.count")).isEqualTo(counted);
    assertThat(held("kills.time").count()).isEqualTo(timed);
    assertThat(held("kills.time").sum()).isCloseTo(new BigDecimal(timed).movePointLeft(3), within(new BigDecimal("1e-9")));
  }

  private void aWhile() throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(200 + random.nextInt(700));
  }

  private long sum(String metric) throws Exception {
    return held(metric).sum().longValueExact();
  }

  private Held held(String metric) throws Exception {
    return client.held(metric, 1, 1).getOrDefault("app", Held.NONE);
  }

  private void startStore(String port) throws Exception {
    store =
        start(
            "store",
            "(http://\\S+:(\\d+))",
            List.of("--port", port, "--data", dir.resolve("d").toString()),
            INSTALLATION.backend("store"));
    storePort = store.ready().group(2);
    client = new StoreClient(store.ready().group(1));
  }

  private void startBroker(String port) throws Exception {
    broker =
        start(
            "broker", ":(\\d+) \\(pub.*:(\\d+) \\(work", List.of("--port", port), INSTALLATION.broker());
    brokerPort = broker.ready().group(1);
  }

  private Child startWorker() throws Exception {
    Child worker =
        start(
            "worker",
            "connected",
            List.of(
                "--port",
                broker.ready().group(2),
                "--url",
                "http://127.0.0.1:" + storePort,
                "--state",
                dir.resolve("w").toString(),
                "--flush",
                "0.1"),
            INSTALLATION.backend("librato"));
    worker.ready();
    return worker;
  }

  private Child start(String name, String readyLine, List<String> args, String jar)
      throws IOException {
    return children.start(
        name + started++,
        dir,
        readyLine,
        INSTALLATION.java(List.of(), jar, args.toArray(new String[0])));
  }
}
