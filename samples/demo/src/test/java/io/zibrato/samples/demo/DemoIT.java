package io.zibrato.samples.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo as a user runs it: all jars, all processes. */
class DemoIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir Path dir;

  @Test
  void demo_findsEverythingThatWasCounted() throws Exception {
    try (DemoProcess demo = new DemoProcess(dir, "--seconds", "5")) {
      assertThat(demo.exitCode()).as(demo.out() + demo.err()).isZero();

      List<Reconciliation.Line> lines = demo.reconciliation();
      assertThat(lines).hasSize(DemoSeries.ALL.size()).hasSizeGreaterThanOrEqualTo(8);
      assertThat(lines).allMatch(line -> line.difference() == 0, "no difference");
      assertThat(lines).allMatch(line -> line.counted() > 0, "something counted");
      assertThat(demo.left()).isEmpty();
    }
  }

  /** Ctrl-C in a terminal reaches all processes, not only the demo. */
  @Test
  void demo_reconcilesAfterCtrlC() throws Exception {
    Path data = dir.resolve("kept");
    try (DemoProcess demo = new DemoProcess(dir, "--data", data.toString())) {
      demo.awaitCounts();
      List<ProcessHandle> children = demo.process.descendants().toList();
      assertThat(children).hasSize(6); // five processes, and what guards them
      interrupt(demo.process.toHandle());
      for (ProcessHandle child : children) interrupt(child);

      assertThat(demo.exitCode()).as(demo.out() + demo.err()).isZero();
      assertThat(demo.reconciliation())
          .isNotEmpty()
          .allMatch(line -> line.difference() == 0, "no difference");
      assertThat(children).noneMatch(ProcessHandle::isAlive);
      assertThat(demo.left()).isEmpty();
      assertThat(data.resolve("store.db")).isNotEmptyFile();
    }
  }

  @Test
  void demo_showsWhatNobodyCounted() throws Exception {
    try (DemoProcess demo = new DemoProcess(dir, "--seconds", "2")) {
      URI page = URI.create(demo.page());
      HttpRequest request =
          HttpRequest.newBuilder(page.resolve("/v1/metrics"))
              .header("Content-Type", "application/json")
              .POST(
                  HttpRequest.BodyPublishers.ofString(
                      """
                      {"gauges": [{"name": "shop.order", "source": "shop", "value": 2},
                                  {"name": "shop.order", "source": "stray", "value": 2},
                                  {"name": "stray", "source": "shop", "value": 2}]}
                      """))
              .build();
      HttpResponse<String> response =
          HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
      assertThat(response.statusCode()).as(response.body()).isEqualTo(200);

      assertThat(demo.exitCode()).isEqualTo(1);
      assertThat(demo.reconciliation().stream().filter(line -> line.difference() != 0))
          .extracting(line -> line.metric() + ' ' + line.source() + ' ' + line.difference())
          .containsExactlyInAnyOrder("shop.order shop 2", "shop.order stray 1", "stray shop 1");
      assertThat(demo.out()).contains("3 of them differ").contains("What the processes said is in");
      assertThat(demo.left()).hasSize(1);
    }
  }

  @Test
  void demo_saysWhichProcessDied() throws Exception {
    try (DemoProcess demo = new DemoProcess(dir)) {
      demo.page();
      List<ProcessHandle> children = demo.process.descendants().toList();
      ProcessHandle broker =
          children.stream().filter(DemoIT::isBroker).findFirst().orElseThrow(AssertionError::new);
      broker.destroyForcibly();

      assertThat(demo.exitCode()).isEqualTo(1);
      assertThat(demo.err()).contains("zibrato-demo: broker ended, with exit code 137");
      assertThat(demo.err()).contains("broker listening on");
      assertThat(children).noneMatch(ProcessHandle::isAlive);
    }
  }

  @Test
  void demo_thatIsKilledTakesItsProcessesAlong() throws Exception {
    try (DemoProcess demo = new DemoProcess(dir)) {
      demo.page();
      List<ProcessHandle> children = demo.process.descendants().toList();
      demo.process.destroyForcibly();

      await().atMost(PATIENCE).until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
    }
  }

  private static boolean isBroker(ProcessHandle process) {
    return process.info().commandLine().orElse("").contains("zibrato-broker.jar");
  }

  @Test
  void demo_saysThatAPortIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        DemoProcess demo =
            new DemoProcess(dir, "--store-port", Integer.toString(taken.getLocalPort()))) {
      assertThat(demo.exitCode()).isEqualTo(1);
      assertThat(demo.err())
          .contains("store ended before it was ready")
          .contains(Integer.toString(taken.getLocalPort()));
    }
  }

  @Test
  void flag_thatIsUnusableIsNamed() throws Exception {
    try (DemoProcess demo = new DemoProcess(dir, "--seconds", "0")) {
      assertThat(demo.exitCode()).isEqualTo(2);
      assertThat(demo.err()).contains("--seconds").contains("\"0\"");
    }
  }

  @Test
  void page_drawsWhatArrives() throws Exception {
    try (DemoProcess demo = new DemoProcess(dir)) {
      String page = demo.page();
      demo.awaitCounts();

      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> {
                String dom = Tools.domOf(page, Files.createTempDirectory(dir, "page"));
                assertThat(dom).contains("<h1 id=\"name\">shop.request</h1>");
                assertThat(dom).containsPattern("<canvas id=\"chart\"[^>]* data-state=\"drawn\"");
                assertThat(dom).containsPattern("<canvas id=\"chart\"[^>]* data-points=\"[1-9]");
              });

      demo.process.destroy();
      assertThat(demo.exitCode()).as(demo.out() + demo.err()).isZero();
    }
  }

  private static void interrupt(ProcessHandle process) throws Exception {
    new ProcessBuilder("/bin/sh", "-c", "kill -INT " + process.pid()).start().waitFor();
  }
}
