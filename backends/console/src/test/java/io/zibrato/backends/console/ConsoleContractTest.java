package io.zibrato.backends.console;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.zibrato.backends.Backend;
import io.zibrato.backends.testing.BackendContract;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

class ConsoleContractTest extends BackendContract {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ConsoleBackend backend =
      new ConsoleBackend(
          new Lines(
              new PrintStream(out, true),
              reason -> {
                throw new AssertionError(reason);
              },
              true));

  @Override
  protected Backend backend() {
    return backend;
  }

  @Override
  protected int taken() {
    int taken = 0;
    for (String line : out.toString(StandardCharsets.US_ASCII).split("\n")) {
      if (line.isEmpty()) continue;
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
}
