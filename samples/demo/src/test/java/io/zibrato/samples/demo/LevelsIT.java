package io.zibrato.samples.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.zibrato.processes.Child;
import io.zibrato.processes.Children;
import io.zibrato.processes.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Levels on demand, from a worker's process through the broker's to those of woven applications. */
class LevelsIT {
  private static final Installation INSTALLATION = new Installation(Tools.HOME);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String OFF = "wanted: info decoy";
  private static final String DEBUG = "wanted: info debug decoy";
  private static final String TRACE = "wanted: info trace decoy";
  private static final String BOTH = "wanted: info debug trace decoy";

  @TempDir Path dir;
  private Children children;
  private Child broker;
  private String publisherPort;
  private String workerPort;
  private String url = "http://127.0.0.1:1";

  @BeforeEach
  void open() throws Exception {
    children = new Children();
    broker = broker("broker", "0");
    publisherPort = broker.ready().group(1);
    workerPort = broker.ready().group(2);
  }

  @AfterEach
  void close() {
    children.close();
  }

  @Test
  void worker_switchesItsLevelInEveryApplicationAndOffAgain() throws Exception {
    Child store =
        start(
            "store",
            "(http://\\S+)",
            java(
                INSTALLATION.backend("store"), "--port", "0", "--data", dir.resolve("d").toString()));
    url = store.ready().group(1);
    StoreClient client = new StoreClient(url);
    application("one");
    application("two");
    awaitSays("one", OFF);
    awaitSays("two", OFF);

    Child worker = worker("worker", "debug");
    awaitSays("one", DEBUG);
    awaitSays("two", DEBUG);
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> client.held("detail", 1, 1).keySet().containsAll(List.of("one", "two")));
    worker.stop();

    awaitSays("one", OFF);
    awaitSays("two", OFF);
    assertThat(client.metrics()).doesNotContain("deep", "plain");
  }

  @Test
  void worker_killedSwitchesOffAndRestartedOn() throws Exception {
    application("one");
    Child worker = worker("worker", "debug");
    awaitSays("one", DEBUG);

    worker.kill();
    awaitSays("one", OFF);
    worker("again", "debug");

    awaitSays("one", DEBUG);
  }

  @Test
  void broker_killedAndRestartedLeavesOnWhatAWorkerStillWants() throws Exception {
    application("one");
    worker("worker", "debug");
    awaitSays("one", DEBUG);

    broker.kill();
    broker("broker2", publisherPort).ready();
    worker("other", "trace");

    awaitSays("one", BOTH);
    assertThat(said("one")).containsExactly(OFF, DEBUG, BOTH);
  }

  @Test
  void broker_killedAndRestartedSwitchesOffWhatNobodyWantsAnyMore() throws Exception {
    application("one");
    Child worker = worker("worker", "debug");
    awaitSays("one", DEBUG);

    broker.kill();
    worker.kill();
    broker("broker2", publisherPort).ready();

    awaitSays("one", OFF);
  }

  @Test
  void workers_switchTheirOwnLevelsAndTheLastOneLeavingSwitchesOff() throws Exception {
    application("one");
    Child debug = worker("debug", "debug");
    awaitSays("one", DEBUG);
    Child trace = worker("trace", "trace");
    awaitSays("one", BOTH);
    debug.stop();
    awaitSays("one", TRACE);
    worker("trace2", "trace,debug");
    awaitSays("one", BOTH);

    trace.stop();
    Child sign = worker("sign", "decoy");
    sign.ready();
    sign.stop();

    assertThat(last("one")).isEqualTo(BOTH);
    assertThat(said("one")).containsExactly(OFF, DEBUG, BOTH, TRACE, BOTH);
  }

  @Test
  void worker_withoutLevelsSwitchesAllOn() throws Exception {
    application("one");
    Child all = worker("all", null);
    awaitSays("one", BOTH);

    all.stop();

    awaitSays("one", OFF);
  }

  @Test
  void subscribersOfVersionOne_switchWhatTheirPrefixMatches() throws Exception {
    application("old", "-Dzibrato.wire=1");
    application("new");
    awaitSays("old", OFF);
    for (String prefix : List.of("debug|", "debug", "de")) {
      Child subscriber =
          start(
              "v1-" + prefix.length(),
              "$^",
              Tools.python("v1_listener.py", workerPort, prefix));
      awaitSays("old", DEBUG);
      subscriber.kill();
      awaitSays("old", OFF);
    }
    assertThat(said("new")).containsExactly(OFF);

    Child all = start("v1-all", "$^", Tools.python("v1_listener.py", workerPort, ""));
    awaitSays("old", BOTH);
    awaitSays("new", BOTH);
    all.kill();
    awaitSays("old", OFF);
    awaitSays("new", OFF);
  }

  @Test
  void onDemand_allOrNone() throws Exception {
    application("star", "-Dzibrato.on-demand=*");
    application("none", "-Dzibrato.on-demand=none");
    application("empty", "-Dzibrato.on-demand=");
    awaitSays("star", "wanted:");
    Child worker = worker("worker", "debug");
    awaitSays("star", "wanted: debug");
    worker.stop();
    awaitSays("star", "wanted:");

    assertThat(said("none")).containsExactly(BOTH);
    assertThat(said("empty")).containsExactly(BOTH);
  }

  private Child broker(String name, String port) throws IOException {
    return start(
        name,
        ":(\\d+) \\(pub.*:(\\d+) \\(work",
        java(INSTALLATION.broker(), "--port", port));
  }

  private Child worker(String name, String levels) throws Exception {
    List<String> args =
        new ArrayList<>(List.of("--port", workerPort, "--url", url, "--flush", "0.2"));
    args.addAll(List.of("--state", dir.resolve("state-of-" + name).toString()));
    if (levels != null) args.addAll(List.of("--levels", levels));
    return start(
        name,
        "interval \\d+ has",
        java(INSTALLATION.backend("librato"), args.toArray(new String[0])));
  }

  private void application(String name, String... options) throws Exception {
    String of = "execution(* " + LevelsApplication.class.getName() + '.';
    Path config =
        Files.writeString(
            dir.resolve("weave.properties"),
            "count.plain = " + of + "plain()); level=info; name=plain\n"
                + "count.detail = " + of + "detail()); level=debug; name=detail\n"
                + "count.deep = " + of + "deep()); level=trace; name=deep\n"
                + "count.decoy = " + of + "decoy()); level=decoy; name=decoy\n");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-javaagent:" + INSTALLATION.path(INSTALLATION.agent()) + "=config=" + config);
    command.addAll(List.of("-Dzibrato.port=" + publisherPort, "-Dzibrato.source=" + name));
    command.addAll(List.of("-Dzibrato.publish-interval=100ms"));
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", Path.of("target", "test-classes").toString()));
    command.add(LevelsApplication.class.getName());
    start(name, "wanted:", command).ready();
  }

  private Child start(String name, String readyLine, List<String> command) throws IOException {
    return children.start(name, dir, readyLine, command);
  }

  private static List<String> java(String jar, String... args) throws IOException {
    return INSTALLATION.java(List.of(), jar, args);
  }

  private void awaitSays(String application, String line) {
    await().atMost(PATIENCE).until(() -> last(application).equals(line));
  }

  private String last(String application) throws IOException {
    List<String> said = said(application);
    return said.isEmpty() ? "" : said.get(said.size() - 1);
  }

  private List<String> said(String application) throws IOException {
    try (Stream<String> lines = Files.lines(dir.resolve(application + ".txt"))) {
      return lines.filter(line -> line.startsWith("wanted:")).toList();
    }
  }
}
