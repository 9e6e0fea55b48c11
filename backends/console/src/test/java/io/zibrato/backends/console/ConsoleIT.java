package io.zibrato.backends.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.zibrato.backends.testing.EndToEnd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A million woven calls, and what is printed of them where standard output is no terminal. */
class ConsoleIT {
  private static final Pattern LINE =
      Pattern.compile("\\S+ (counter|timer) name=(\\S+) source=(\\S+) .*?count=(\\d+) rate=.*");

  @TempDir Path dir;
  private EndToEnd run;

  @AfterEach
  void stop() {
    if (run != null) run.close();
  }

  @Test
  void jsonLinesAddUp() throws Exception {
    run = new EndToEnd(dir, "console");
    run.startWorker("--json", "--flush", "0.3");
    run.startApplications(2);
    run.call(300_000);
    run.stopApplications();

    assertThat(run.calls()).isGreaterThan(1_000_000);
    assertHeld(ConsoleIT::ofJson);
  }

  @Test
  void plainLinesAddUp() throws Exception {
    run = new EndToEnd(dir, "console");
    run.startWorker("--flush", "0.3");
    run.startApplications(1);
    run.call(10_000);
    run.stopApplications();

    assertHeld(ConsoleIT::ofLines);
  }

  private interface Reader {
    Map<String, Long> read(List<String> lines);
  }

  private void assertHeld(Reader reader) throws Exception {
    for (EndToEnd.Counted each : run.counted()) {
      String source = each.source() + ' ';
      EndToEnd.settles(() -> reader.read(said()).get(source + EndToEnd.HITS), each.hits());
      EndToEnd.settles(() -> reader.read(said()).get(source + EndToEnd.WORKS), each.works());
    }
    run.stopWorker();
  }

  private List<String> said() throws IOException {
    return Files.readAllLines(dir.resolve(run.worker().name() + ".txt"));
  }

  private static Map<String, Long> ofJson(List<String> lines) {
    Map<String, Long> held = new HashMap<>();
    for (String line : lines) {
      if (!line.startsWith("{")) continue;
      JsonObject json = JsonParser.parseString(line).getAsJsonObject();
      for (JsonElement each : json.getAsJsonArray("counters")) add(held, each, "sum");
      for (JsonElement each : json.getAsJsonArray("timers")) add(held, each, "count");
    }
    return held;
  }

  private static void add(Map<String, Long> held, JsonElement element, String member) {
    JsonObject json = element.getAsJsonObject();
    String series = json.get("source").getAsString() + ' ' + json.get("name").getAsString();
    held.merge(series, json.get(member).getAsLong(), Long::sum);
  }

  private static Map<String, Long> ofLines(List<String> lines) {
    Map<String, Long> held = new HashMap<>();
    for (String line : lines) {
      Matcher said = LINE.matcher(line);
      if (!said.matches()) continue;
      held.merge(said.group(3) + ' ' + said.group(2), Long.parseLong(said.group(4)), Long::sum);
    }
    return held;
  }
}
