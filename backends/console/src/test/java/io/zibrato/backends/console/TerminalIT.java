package io.zibrato.backends.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.zibrato.backends.testing.EndToEnd;
import io.zibrato.backends.testing.Tools;
import io.zibrato.processes.Child;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The table in a real terminal, which is tmux's. */
class TerminalIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path dir;
  private String tmux;
  private EndToEnd run;
  private boolean killed;

  @BeforeEach
  void begin() throws Exception {
    tmux = Tools.program("tmux", "Debian's package tmux").toString();
    run = new EndToEnd(dir, "console");
    tmux("new-session", "-d", "-x", "130", "-y", "20", "env", "PS1=ready> ", "/bin/sh");
    awaitScreen("ready>");
  }

  @AfterEach
  void stop() throws Exception {
    if (run != null) {
      if (!killed) tmux("kill-server");
      run.close();
    }
  }

  @Test
  void tableIsLive_resizes_andLeavesTheTerminalAsItWas() throws Exception {
    String before = states();
    keys(console("--sort", "count"));
    awaitScreen("connected to tcp://");
    run.startApplications(1);
    run.call(30_000);
    run.call(12_345);

    String screen = awaitScreen("42,345");
    assertThat(screen).containsPattern("series +source +count +per s +value +p50 +p95 +p99 +max");
    assertThat(screen).containsPattern("e2e.hits shop=main +app0 +42,345 +[0-9,.]+ *\n");
    assertThat(screen)
        .containsPattern("e2e.works +app0 +42,345 +[0-9,.]+( +[0-9.]+ [mun]?s){5} *\n");
    assertThat(screen).containsPattern("e2e.depth +app0 +2 +[0-9.]+ +-42,345");
    assertThat(states()).isEqualTo("1 0 0");

    tmux("resize-window", "-x", "60", "-y", "8");
    await().atMost(PATIENCE).until(() -> !screen().contains("source"));
    String small = awaitScreen("42,345");
    assertThat(small).containsPattern("series +count +per s +value\n");
    assertThat(small.split("\n")).hasSizeLessThanOrEqualTo(8).allMatch(line -> line.length() <= 60);
    tmux("resize-window", "-x", "130", "-y", "20");
    awaitScreen("p99");

    tmux("send-keys", "C-c");
    String after = awaitScreen("exit=0");
    assertThat(after).doesNotContain("e2e.hits");
    assertThat(states()).isEqualTo(before);
  }

  @Test
  void levels_areSwitchedOn() throws Exception {
    Child application = detailed(5000);
    assertThat(application.ready().group()).isEqualTo("wanted: false");
    keys(console("--levels", "debug"));
    awaitScreen("connected to tcp://");
    application.answer("called", 60_000);

    assertThat(awaitScreen("5,000")).containsPattern("detail.hits +app +5,000");
    tmux("send-keys", "C-c");
    awaitScreen("exit=0");
    application.stopByInput();
  }

  @Test
  void badFlag_touchesNoTerminal() throws Exception {
    keys(console("--sort", "size"));

    assertThat(awaitScreen("exit=2")).contains("--sort").contains("\"size\"");
  }

  @Test
  void hangup_leavesNothingBehind() throws Exception {
    Path temporary = Files.createDirectory(dir.resolve("tmp"));
    keys(console(List.of("-Djava.io.tmpdir=" + temporary)));
    awaitScreen("connected to tcp://");
    assertThat(temporary).isNotEmptyDirectory();

    tmux("kill-server");
    killed = true;

    await().atMost(PATIENCE).untilAsserted(() -> assertThat(temporary).isEmptyDirectory());
  }

  @Test
  void term_endsItThoughTheTerminalTakesNothing() throws Exception {
    Path pid = dir.resolve("pid");
    Path code = dir.resolve("code");
    String line = console(List.of()).replace("; echo", "'; echo");
    keys("sh -c 'echo $$ > " + pid + "; exec " + line + " > " + code);
    awaitScreen("connected to tcp://");
    String console = Files.readString(pid).strip();
    tmux("send-keys", "C-s");
    String jstack = Path.of(System.getProperty("java.home"), "bin", "jstack").toString();
    await()
        .atMost(PATIENCE)
        .until(() -> Tools.output(dir, List.of(jstack, console)).contains("writeBytes"));

    Tools.output(dir, List.of("kill", console));

    await().atMost(PATIENCE).until(() -> Files.exists(code) && Files.size(code) > 0);
    assertThat(code).hasContent("exit=0");
  }

  @Test
  void stateThatCannotBe_leavesTheTerminalAsItWas() throws Exception {
    String before = states();
    keys(console(List.of("-Djava.io.tmpdir=" + dir.resolve("none"))));

    awaitScreen("exit=1");
    assertThat(states()).isEqualTo(before);
  }

  private Child detailed(int calls) throws Exception {
    Path home = Path.of("../..").toAbsolutePath().normalize();
    File classes =
        new File(
            DetailedApplication.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    return run.start(
        "detailed",
        "wanted: .*",
        List.of(
            java(),
            "-javaagent:" + home.resolve("aspects/target/zibrato-agent.jar"),
            "-Dzibrato.port=" + run.publisherPort(),
            "-Dzibrato.publish-interval=100ms",
            "-Dzibrato.source=app",
            "-cp",
            classes.toString(),
            DetailedApplication.class.getName(),
            String.valueOf(calls)));
  }

  private String console(String... flags) throws Exception {
    return console(List.of(), flags);
  }

  private String console(List<String> options, String... flags) throws Exception {
    List<String> words = new ArrayList<>();
    words.add(java());
    words.addAll(options);
    words.addAll(
        List.of("-jar", Path.of("target/zibrato-console.jar").toAbsolutePath().toString()));
    words.addAll(List.of("--port", run.workerPort()));
    words.addAll(List.of(flags));
    return String.join(" ", words) + "; echo exit=$?";
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private void keys(String line) throws Exception {
    tmux("send-keys", "-l", line);
    tmux("send-keys", "Enter");
  }

  /** Whether the other screen is shown, the cursor is, and long lines are broken. */
  private String states() throws Exception {
    return tmux("display-message", "-p", "#{alternate_on} #{cursor_flag} #{wrap_flag}").trim();
  }

  private String screen() throws Exception {
    return tmux("capture-pane", "-p");
  }

  private String awaitScreen(String text) {
    String[] seen = {""};
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .untilAsserted(
            () -> {
              seen[0] = screen();
              assertThat(seen[0].lines().filter(line -> !line.contains("echo exit=")))
                  .anyMatch(line -> line.contains(text));
            });
    return seen[0];
  }

  private String tmux(String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of(tmux, "-f", "/dev/null", "-S"));
    command.add(dir.resolve("tmux").toString());
    command.addAll(List.of(words));
    return Tools.output(dir, command);
  }
}
