package io.zibrato.backends.statvent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The service in this process, and real processes at the pipes. */
@Timeout(180)
class ServiceIT {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @TempDir Path dir;
  private Path pipes;
  private Writers writers;
  private Service service;

  @BeforeEach
  void open() throws IOException {
    pipes = dir.resolve("pipes");
    writers = new Writers(pipes);
    service = open(Duration.ofSeconds(2), true);
  }

  private Service open(Duration limit, boolean remove) throws IOException {
    return Service.open(
        new StatventOptions(
            InetAddress.getLoopbackAddress(), 0, "/stats", pipes, limit, remove, Optional.empty()));
  }

  @AfterEach
  void close() throws Exception {
    service.close();
    writers.close();
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return CLIENT.send(
        HttpRequest.newBuilder(service.uri().resolve(path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private JsonObject stats() throws IOException, InterruptedException {
    HttpResponse<String> response = get("/stats");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type").orElse("")).contains("json");
    return JsonParser.parseString(response.body()).getAsJsonObject();
  }

  private static String state(JsonObject json, Writers.Writer writer) {
    JsonObject process = json.getAsJsonObject("processes").getAsJsonObject(writer.id());
    return process == null ? "none" : process.get("state").getAsString();
  }

  @Test
  void noFolder_isNoStats() throws Exception {
    JsonObject json = stats();

    assertThat(json.getAsJsonObject("stats").keySet()).isEmpty();
    assertThat(json.get("timestamp").getAsDouble()).isGreaterThan(1.7e9);
  }

  @Test
  void pythonPrograms_areServedAndSummed() throws Exception {
    Writers.Writer one =
        writers.python(
            "+orders=40",
            "load avg=0.5",
            "q median=1",
            "q 95th=2",
            "q 99th=3",
            "q 100th=4",
            "q mean=2.5");
    Writers.Writer other = writers.python("orders=2", "load avg=1.25");

    for (int i = 0; i < 10; i++) {
      JsonObject json = stats();
      assertThat(json.getAsJsonObject("stats"))
          .isEqualTo(JsonParser.parseString("{\"load avg\":1.75,\"orders\":42}"));
      assertThat(json.getAsJsonObject("per_process").getAsJsonObject("q mean"))
          .isEqualTo(
              JsonParser.parseString(
                  "{\"reason\":\""
                      + ListingParser.NOT_TOLD
                      + "\",\"processes\":{\""
                      + one.id()
                      + "\":2.5}}"));
      assertThat(state(json, other)).isEqualTo("answered");
    }
    one.tell("grow");
    assertThat(stats().getAsJsonObject("stats").get("orders").getAsInt()).isEqualTo(82);
  }

  @Test
  void ours_areMerged() throws Exception {
    Writers.Writer one = writers.java("1", "2", "3");
    writers.java("100");
    await().until(() -> Files.exists(pipes.resolve(one.id() + ".stats")));

    await()
        .untilAsserted(
            () -> {
              JsonObject stats = stats().getAsJsonObject("stats");
              assertThat(stats.get("orders").getAsInt()).isEqualTo(106);
              assertThat(stats.get("users").getAsInt()).isEqualTo(4);
              assertThat(stats.get("calls").getAsInt()).isEqualTo(4);
              assertThat(stats.get("query median").getAsInt()).isEqualTo(2);
              assertThat(stats.get("query 100th").getAsInt()).isEqualTo(100);
              assertThat(stats.get("query mean").getAsDouble()).isEqualTo(26.5);
              assertThat(stats.get("work.count").getAsInt()).isEqualTo(4);
              assertThat(stats.get("work.seconds").getAsDouble()).isEqualTo(0.106);
              assertThat(stats.get("work.mean_ms").getAsDouble()).isEqualTo(26.5);
              assertThat(stats.get("work.100th_ms").getAsDouble()).isBetween(96.0, 104.4);
            });
    one.process().destroy();
    one.process().waitFor();
    assertThat(pipes.resolve(one.id() + ".stats")).doesNotExist();
    assertThat(stats().getAsJsonObject("stats").get("orders").getAsInt()).isEqualTo(100);
  }

  @Test
  void process_isServedAlone() throws Exception {
    Writers.Writer one = writers.python("orders=40");
    writers.python("orders=2");

    JsonObject json =
        JsonParser.parseString(get("/stats?process=" + one.id()).body()).getAsJsonObject();

    assertThat(json.getAsJsonObject("stats")).isEqualTo(JsonParser.parseString("{\"orders\":40}"));
    assertThat(get("/stats?process=0").statusCode()).isEqualTo(404);
    assertThat(get("/stats?process=0").body()).contains("message");
  }

  @Test
  void unknownPath_is404AsJson() throws Exception {
    HttpResponse<String> response = get("/nothing");

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(JsonParser.parseString(response.body()))
        .isEqualTo(
            JsonParser.parseString(
                "{\"message\":\"nothing is served here\",\"path\":\"/nothing\"}"));
    HttpResponse<String> post =
        CLIENT.send(
            HttpRequest.newBuilder(service.uri().resolve("/stats"))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(post.statusCode()).isEqualTo(405);
  }

  @Test
  void metrics_areForPrometheus() throws Exception {
    Writers.Writer one = writers.python("orders=40");

    HttpResponse<String> response = get("/metrics");

    assertThat(response.headers().firstValue("Content-Type")).contains(PrometheusText.CONTENT_TYPE);
    assertThat(response.body())
        .contains("orders{process=\"" + one.id() + "\",stat=\"orders\"} 40\n");
  }

  /** As when somebody else's cat came at the same moment, and had it all. */
  @Test
  void nothingFromAPipe_isAskedForAgain() throws Exception {
    writers.python("--shy", "orders=40");
    writers.python();

    for (int i = 0; i < 10; i++) {
      assertThat(stats().getAsJsonObject("stats"))
          .isEqualTo(JsonParser.parseString("{\"orders\":40}"));
    }
  }

  @Test
  void hangingPipes_takeNoThreadsAndAreKept() throws Exception {
    service.close();
    service = open(Duration.ofMillis(200), true);
    writers.python("--ours", "orders=40");
    List<Writers.Writer> hanging = new ArrayList<>();
    for (int i = 0; i < 5; i++) hanging.add(writers.python("--silent"));
    hanging.add(writers.python("--half"));

    for (int round = 0; round < 8; round++) {
      JsonObject json = stats();
      assertThat(json.getAsJsonObject("stats").get("orders").getAsInt()).isEqualTo(40);
      for (Writers.Writer writer : hanging) {
        assertThat(state(json, writer)).isIn("silent", "cut_off");
        assertThat(pipes.resolve(writer.id() + ".stats")).exists();
      }
    }

    await().atMost(Duration.ofSeconds(30)).until(() -> pipeThreads() == 0);
    assertThat(get("/stats?process=" + hanging.get(0).id()).statusCode()).isEqualTo(504);
  }

  private static long pipeThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("statvent-pipe"))
        .count();
  }

  @Test
  void stoppedProcess_answersAgainOnceItGoesOn() throws Exception {
    service.close();
    service = open(Duration.ofMillis(300), true);
    Writers.Writer one = writers.python("orders=40");
    Writers.Writer ours = writers.java("7");
    await().until(() -> state(stats(), ours).equals("answered"));
    one.signal("STOP");
    ours.signal("STOP");
    await().until(() -> state(stats(), one).matches("silent|cut_off"));
    await().until(() -> state(stats(), ours).matches("silent|cut_off"));
    one.signal("CONT");
    ours.signal("CONT");

    await()
        .untilAsserted(
            () ->
                assertThat(stats().getAsJsonObject("stats").get("orders"))
                    .isEqualTo(JsonParser.parseString("47")));
    assertThat(one.process().isAlive()).isTrue();
  }

  @Test
  void pipesOfTheDead_areRemoved_andNoOthers() throws Exception {
    service.close();
    service = open(Duration.ofMillis(300), true);
    Writers.Writer dead = writers.python("orders=40");
    Writers.Writer silent = writers.python("--silent");
    Writers.Writer ours = writers.java("7");
    await().until(() -> state(stats(), ours).equals("answered"));
    new ProcessBuilder("mkfifo", pipes.resolve("named.stats").toString()).start().waitFor();
    Files.writeString(pipes.resolve("1.stats"), "no pipe: 1\n");
    dead.signal("KILL");
    ours.signal("KILL");

    await()
        .untilAsserted(
            () -> {
              stats();
              assertThat(pipes.toFile().list())
                  .containsExactlyInAnyOrder(silent.id() + ".stats", "named.stats", "1.stats");
            });
  }

  @Test
  void keepPipes_keepsThem() throws Exception {
    service.close();
    service = open(Duration.ofMillis(200), false);
    Writers.Writer dead = writers.python("orders=40");
    dead.signal("KILL");

    stats();
    stats();

    assertThat(pipes.resolve(dead.id() + ".stats")).exists();
  }

  @Test
  void manyAtOnce_getTheSameNumbers() throws Exception {
    writers.python("orders=40");
    Writers.Writer ours = writers.java("2");
    await().until(() -> state(stats(), ours).equals("answered"));
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<JsonObject>> requests = new ArrayList<>();
      for (int i = 0; i < 60; i++) requests.add(this::stats);
      for (Future<JsonObject> answer : threads.invokeAll(requests)) {
        assertThat(answer.get().getAsJsonObject("stats").get("orders").getAsInt()).isEqualTo(42);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void killsAtAnyMoment_neverBlockOrBreakTheAnswer() throws Exception {
    service.close();
    service = open(Duration.ofMillis(300), true);
    long seed = System.nanoTime();
    Random random = new Random(seed);
    writers.python("--ours", "steady=1"); // Python's statvent has no pipe for moments
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Future<?> killing =
          threads.submit(
              () -> {
                for (int i = 0; i < 25; i++) {
                  Writers.Writer victim =
                      i % 5 == 0 ? writers.java("1") : writers.python("x=1", "y=2");
                  Thread.sleep(random.nextInt(60));
                  victim.signal("KILL");
                }
                return null;
              });
      do {
        JsonObject stats = stats().getAsJsonObject("stats");
        assertThat(stats.get("steady")).as("seed " + seed).isNotNull();
        assertThat(stats.get("steady").getAsInt()).isEqualTo(1);
      } while (!killing.isDone());
      killing.get();
    } finally {
      threads.shutdownNow();
    }
    await().until(() -> stats().getAsJsonObject("processes").size() == 1);
    await().atMost(Duration.ofSeconds(30)).until(() -> pipeThreads() == 0);
  }
}
