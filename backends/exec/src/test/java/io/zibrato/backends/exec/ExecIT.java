package io.zibrato.backends.exec;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.zibrato.backends.testing.EndToEnd;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A million woven calls to a Python program, which is killed on the way, and so is the worker. */
class ExecIT {
  @TempDir Path dir;
  private EndToEnd run;

  @AfterEach
  void stop() {
    if (run != null) run.close();
  }

  @Test
  void totalsAreExactOverKills() throws Exception {
    Path file = dir.resolve("lines.json");
    String command = Programs.appending(file, "'ok'");
    run = new EndToEnd(dir, "exec");
    run.startWorker("--command", command, "--ack", "--flush", "0.3", "--retry-max", "1");
    run.startApplications(2);
    run.call(300_000);
    run.go();
    ProcessHandle.of(programOf(run.worker().pid())).orElseThrow().destroyForcibly();
    run.worker().answer("it is started again", 60_000);
    run.killWorker();
    run.startWorkerAgain();
    run.rest();
    run.stopApplications();

    assertHeld(file);
    run.stopWorker();
  }

  @Test
  void pagesProgramAddsUp() throws Exception {
    Path totals = dir.resolve("totals.json");
    run = new EndToEnd(dir, "exec");
    run.startWorker("--command", Programs.page(totals.toString()), "--ack", "--flush", "0.3");
    run.startApplications(1);
    run.call(10_000);
    run.stopApplications();

    long hits = run.counted().get(0).hits();
    EndToEnd.settles(
        () ->
            JsonParser.parseString(Files.readString(totals))
                .getAsJsonObject()
                .get("app0 " + EndToEnd.HITS)
                .getAsLong(),
        hits);
    run.stopWorker();
  }

  /** By the identity of snapshots, which come twice where an answer was lost. */
  private static Map<String, Long> held(Path file) throws Exception {
    Map<String, JsonObject> snapshots = new LinkedHashMap<>();
    for (String line : Files.readAllLines(file)) {
      JsonObject json = JsonParser.parseString(line).getAsJsonObject();
      snapshots.put(json.get("id").getAsString(), json);
    }
    Map<String, Long> held = new HashMap<>();
    for (JsonObject each : snapshots.values()) {
      for (JsonElement counter : each.getAsJsonArray("counters")) add(held, counter, "sum");
      for (JsonElement timer : each.getAsJsonArray("timers")) add(held, timer, "count");
    }
    return held;
  }

  private static void add(Map<String, Long> held, JsonElement element, String member) {
    JsonObject json = element.getAsJsonObject();
    String series = json.get("source").getAsString() + ' ' + json.get("name").getAsString();
    held.merge(series, json.get(member).getAsLong(), Long::sum);
  }

  private static long programOf(long worker) {
    return ProcessHandle.of(worker).orElseThrow().children().findFirst().orElseThrow().pid();
  }

  private void assertHeld(Path file) {
    assertThat(run.calls()).isGreaterThan(1_000_000);
    for (EndToEnd.Counted each : run.counted()) {
      String source = each.source() + ' ';
      EndToEnd.settles(() -> held(file).get(source + EndToEnd.HITS), each.hits());
      EndToEnd.settles(() -> held(file).get(source + EndToEnd.WORKS), each.works());
    }
  }
}
