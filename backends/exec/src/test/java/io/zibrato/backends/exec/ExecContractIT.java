package io.zibrato.backends.exec;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.zibrato.backends.Backend;
import io.zibrato.backends.testing.BackendContract;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class ExecContractIT extends BackendContract {
  @TempDir Path dir;
  private Path file;
  private ExecBackend backend;

  @BeforeEach
  void connect() throws Exception {
    file = Files.createFile(dir.resolve("lines.json"));
    Duration time = Duration.ofSeconds(20);
    backend =
        new ExecBackend(new ExecOptions(Programs.appending(file, "'ok'"), true, 1000, time, time));
    backend.connect();
  }

  @AfterEach
  void close() {
    backend.close();
  }

  @Override
  protected Backend backend() {
    return backend;
  }

  @Override
  protected int taken() throws Exception {
    int taken = 0;
    for (String line : Files.readAllLines(file)) {
      JsonObject json = JsonParser.parseString(line).getAsJsonObject();
      Set<String> series = new HashSet<>();
      for (String kind : new String[] {"counters", "timers", "gauges"}) {
        for (JsonElement each : json.getAsJsonArray(kind)) {
          JsonObject own = each.getAsJsonObject();
          series.add(kind + own.get("name") + own.get("source") + own.get("tags"));
        }
      }
      taken += series.size();
    }
    return taken;
  }

  @Override
  protected Optional<List<Double>> takenValues() throws Exception {
    List<Double> values = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      JsonObject json = JsonParser.parseString(line).getAsJsonObject();
      for (JsonElement each : json.getAsJsonArray("counters")) add(values, each, "sum");
      for (JsonElement each : json.getAsJsonArray("timers")) add(values, each, "count");
      for (JsonElement each : json.getAsJsonArray("gauges")) add(values, each, "value");
    }
    return Optional.of(values);
  }

  private static void add(List<Double> values, JsonElement measurement, String key) {
    values.add(measurement.getAsJsonObject().get(key).getAsDouble());
  }
}
