package io.zibrato.backends.influx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.zibrato.backends.Backend;
import io.zibrato.backends.CounterTotal;
import io.zibrato.backends.RefusedException;
import io.zibrato.backends.SeriesKey;
import io.zibrato.backends.testing.BackendContract;
import io.zibrato.processes.Children;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract against Debian's influxd: it holds as many points as we sent, and as they were. */
class InfluxContractIT extends BackendContract {
  private static final Children CHILDREN = new Children();
  @TempDir static Path dir;
  private static InfluxServer server;
  private InfluxBackend backend;

  @BeforeAll
  static void startServer() throws Exception {
    server = new InfluxServer(dir);
    server.start((name, ready, command) -> CHILDREN.start(name, dir, ready, command));
  }

  @AfterAll
  static void stopServer() {
    CHILDREN.close();
  }

  @BeforeEach
  void start() throws Exception {
    server.query("DROP DATABASE " + InfluxServer.DATABASE);
    server.query("CREATE DATABASE " + InfluxServer.DATABASE);
    String write = server.url("/write?db=" + InfluxServer.DATABASE);
    backend = new InfluxBackend(InfluxBackendTest.options(write, "", true));
    backend.connect();
  }

  @AfterEach
  void stop() {
    backend.close();
  }

  @Override
  protected Backend backend() {
    return backend;
  }

  @Override
  protected int taken() throws Exception {
    int taken = 0;
    for (JsonObject series : server.series("SELECT * FROM /.*/ GROUP BY *")) {
      taken += series.getAsJsonArray("values").size();
    }
    return taken;
  }

  @Override
  protected Optional<List<Double>> takenValues() throws Exception {
    List<Double> values = new ArrayList<>();
    for (String field : List.of("count", "calls", "value")) {
      for (JsonObject series : server.series("SELECT " + field + " FROM /.*/ GROUP BY *")) {
        for (JsonElement row : series.getAsJsonArray("values")) {
          values.add(row.getAsJsonArray().get(1).getAsDouble());
        }
      }
    }
    return Optional.of(values);
  }

  @Test
  void text_isHeldAsItIs() throws Exception {
    Map<String, String> tags = new HashMap<>();
    for (String text : new String[] {"a b", "a,b", "a=b", "\"", "'", "\u00e9", "\ud83d\ude00"}) {
      tags.put(text, text);
    }

    backend.flush(counters(new CounterTotal(new SeriesKey("a b,c=\"d\"", "e f,g=h", tags), 7)));

    JsonObject series = server.series("SELECT count FROM /.*/ GROUP BY *").get(0);
    tags.put("source", "e f,g=h");
    assertThat(series.get("name").getAsString()).isEqualTo("a b,c=\"d\"");
    assertThat(series.getAsJsonObject("tags").asMap())
        .hasSameSizeAs(tags)
        .allSatisfy((key, value) -> assertThat(value.getAsString()).isEqualTo(tags.get(key)));
  }

  @Test
  void snapshot_thatComesAgainIsHeldOnce() throws Exception {
    CounterTotal counter = new CounterTotal(new SeriesKey("big", "s"), (1L << 53) + 1);
    backend.flush(counters(counter));
    backend.flush(counters(counter));

    assertThat(server.number("SELECT sum(count) FROM big")).isEqualTo((1L << 53) + 1);
  }

  /** What InfluxDB took of it, it takes again. */
  @Test
  void field_ofAnotherTypeIsRefusedAlone() throws Exception {
    server.write("taken count=1.5 " + END_MILLIS + "000000\n");
    CounterTotal fine = new CounterTotal(new SeriesKey("fine", "t"), 1);
    CounterTotal taken = new CounterTotal(new SeriesKey("taken", "s"), 1);
    assertThatThrownBy(() -> backend.flush(counters(fine, taken)))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("field type conflict");
    backend.flush(counters(fine));

    assertThat(server.number("SELECT sum(count) FROM fine WHERE source = 't'")).isEqualTo(1);
  }
}
