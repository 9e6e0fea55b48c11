package io.zibrato.librato;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Client and store, the real jar as a process that keeps all, since {@link #TIME} is years ago. */
class StoreIT {
  private static final Path JAR = Path.of("..", "store", "target", "zibrato-store.jar");
  private static final long TIME = 1_700_000_040;

  @TempDir private Path data;
  private Process store;
  private String url;
  private LibratoClient client;
  private Metrics metrics;

  @BeforeEach
  void start() throws IOException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                java.toString(),
                "-jar",
                JAR.toString(),
                "--port",
                "0",
                "--data",
                data.toString(),
                "--keep-raw",
                "forever",
                "--keep-60s",
                "forever"));
    builder.environment().putAll(Map.of("LIBRATO_USER", "me", "LIBRATO_TOKEN", "secret"));
    store = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String line = store.inputReader(StandardCharsets.UTF_8).readLine();
    assertThat(line).startsWith("store listening on ");
    url = line.substring("store listening on ".length());
    client = client(url);
    metrics = client.metrics();
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    store.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
  }

  private static LibratoClient client(String url) {
    return LibratoClient.builder().url(url).credentials("me", "secret").build();
  }

  @Test
  void credentials_thatAreWrong() {
    try (LibratoClient other =
        LibratoClient.builder().url(url).credentials("me", "wrong").build()) {
      assertThatThrownBy(() -> other.metrics().list())
          .isInstanceOf(UnauthorizedException.class)
          .hasMessageStartingWith("[401] request: ");
    }
  }

  @Test
  void submit_comesBack() throws Exception {
    metrics.submit(
        Measurement.gauge("cpu", 4.5)
            .source("web-1")
            .time(TIME)
            .displayName("CPU")
            .periodSeconds(60)
            .attribute("display_min", 0),
        Measurement.summary("cpu", 2, 10).min(4).max(6).sumSquares(52).source("web-2").time(TIME),
        Measurement.counter("hits", 7).time(TIME));

    Metric cpu = metrics.get("cpu", Query.since(TIME).endTime(TIME + 60).resolutionSeconds(60));
    assertThat(cpu.type()).isEqualTo("gauge");
    assertThat(cpu.displayName()).isEqualTo("CPU");
    assertThat(cpu.periodSeconds()).isEqualTo(60);
    assertThat(cpu.attributes()).containsEntry("display_min", 0L);
    assertThat(cpu.resolutionSeconds()).isEqualTo(60);
    assertThat(cpu.measurements())
        .containsOnlyKeys("web-1", "web-2")
        .contains(entry("web-2", List.of(new Sample(TIME, 5.0, 2L, 10.0, 4.0, 6.0, 52.0, null))));
    assertThat(metrics.get("cpu", Query.count(1).sources("web-1", "x*")).measurements())
        .containsOnlyKeys("web-1");
    assertThat(metrics.get("hits", Query.count(1)).measurements().get("unassigned"))
        .extracting(Sample::value)
        .containsExactly(7.0);
    assertThat(metrics.get("hits").type()).isEqualTo("counter");
  }

  @Test
  void submit_thatIsRefusedSaysWhy() {
    assertThatThrownBy(() -> metrics.submit("a name", 1))
        .isInstanceOf(BadRequestException.class)
        .hasMessageContaining("params: name: is not valid");
    assertThatThrownBy(() -> metrics.get("none"))
        .isInstanceOf(NotFoundException.class)
        .hasMessage("[404] request: Not Found");
  }

  @Test
  void queue_ofManyMetricsIsListedPageByPage() throws Exception {
    List<String> names = new ArrayList<>();
    try (Queue queue = client.newQueue()) {
      for (int i = 0; i < 650; i++) {
        names.add("m%03d".formatted(i));
        queue.add(Measurement.gauge(names.get(i), i).time(TIME));
      }
    }

    try (Stream<Metric> all = metrics.listAll()) {
      assertThat(all.map(Metric::name)).containsExactlyElementsOf(names);
    }
    Page<Metric> page = metrics.list(ListQuery.named("m64").offset(2).length(3).sort("desc"));
    assertThat(page.items()).extracting(Metric::name).containsExactly("m647", "m646", "m645");
    assertThat(page.found()).isEqualTo(10);
    assertThat(page.total()).isEqualTo(650);
  }

  @Test
  void aggregator_isOneSummary() throws Exception {
    Aggregator aggregator =
        client.newAggregator().source("web").periodSeconds(60).measureTime(TIME + 59).build();
    aggregator.add("delay", 3);
    aggregator.add("delay", 5);
    aggregator.submit();

    assertThat(metrics.get("delay", Query.count(1)).measurements().get("web"))
        .extracting(Sample::epochSeconds, Sample::count, Sample::sum, Sample::min, Sample::max)
        .containsExactly(tuple(TIME, 2L, 8.0, 3.0, 5.0));
  }

  @Test
  void updateAndDelete() throws Exception {
    metrics.update("a", MetricUpdate.of().type("gauge").description("one"));
    metrics.update("a", MetricUpdate.of().displayName("A").attribute("color", "#fff"));
    for (String name : List.of("b", "c", "d")) metrics.submit(name, 1);

    Metric a = metrics.get("a");
    assertThat(a.description()).isEqualTo("one");
    assertThat(a.displayName()).isEqualTo("A");
    assertThat(a.attributes()).containsEntry("color", "#fff");
    assertThatThrownBy(() -> metrics.update("none", MetricUpdate.of().description("x")))
        .isInstanceOf(NotFoundException.class);

    metrics.delete("a");
    metrics.delete(List.of("b", "c", "none"));
    assertThat(metrics.list().items()).extracting(Metric::name).containsExactly("d");
    assertThatThrownBy(() -> metrics.delete("a")).isInstanceOf(NotFoundException.class);
  }

  @Test
  void lostAnswer_isStoredOnce() throws Exception {
    AtomicInteger passed = new AtomicInteger();
    HttpServer relay = relayThatLosesTheFirstAnswer(passed);
    try (LibratoClient lossy = client("http://127.0.0.1:" + relay.getAddress().getPort())) {
      lossy.metrics().submit(Measurement.gauge("once", 1).time(TIME));
    } finally {
      relay.stop(0);
    }

    assertThat(passed).hasValue(2);
    assertThat(metrics.get("once", Query.count(1)).measurements().get("unassigned"))
        .extracting(Sample::count)
        .containsExactly(1L);
  }

  private HttpServer relayThatLosesTheFirstAnswer(AtomicInteger passed) throws IOException {
    HttpClient http = HttpClient.newHttpClient();
    HttpServer relay =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    relay.createContext(
        "/",
        exchange -> {
          HttpRequest.Builder request =
              HttpRequest.newBuilder(URI.create(url + exchange.getRequestURI()))
                  .POST(
                      HttpRequest.BodyPublishers.ofByteArray(
                          exchange.getRequestBody().readAllBytes()));
          for (String name : List.of("Authorization", "Content-Type", "Idempotency-Key")) {
            request.header(name, exchange.getRequestHeaders().getFirst(name));
          }
          try {
            HttpResponse<Void> answer =
                http.send(request.build(), HttpResponse.BodyHandlers.discarding());
            if (passed.incrementAndGet() > 1) {
              exchange.sendResponseHeaders(answer.statusCode(), -1);
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          exchange.close();
        });
    relay.start();
    return relay;
  }
}
