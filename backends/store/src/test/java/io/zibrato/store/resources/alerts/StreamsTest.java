package io.zibrato.store.resources.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.zibrato.store.data.Database;
import io.zibrato.store.points.Point;
import io.zibrato.store.points.PointWriter;
import io.zibrato.store.resources.Sql;
import java.nio.file.Path;
import java.sql.Connection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamsTest {
  private static final long T = 1_700_000_040;

  @TempDir Path dir;

  @Test
  void read_endsWithTheStreamThatHasTheLastPointThereMayBe() throws Exception {
    try (Database database = Database.open(dir)) {
      final Connection connection = database.writer();
      Sql.update(
          connection,
          "INSERT INTO metric (id, name, type, attributes) VALUES (1, 'm', 'gauge', '{}')");
      final PointWriter points = new PointWriter(connection);
      points.begin();
      for (int series = 1; series <= 3; series++) {
        Sql.update(
            connection,
            "INSERT INTO tag_set (id, tags) VALUES (?, ?)",
            series,
            "{\"source\":\"s" + series + "\"}");
        Sql.update(
            connection,
            "INSERT INTO series (id, metric_id, tag_set_id) VALUES (?, 1, ?)",
            series,
            series);
        for (int i = 0; i < 4; i++) {
          points.add(series, Point.single(T + i, 1L, false));
        }
      }
      points.end();
      final JsonObject definition =
          JsonParser.parseString("{\"type\":\"above\",\"metric_name\":\"m\",\"threshold\":1}")
              .getAsJsonObject();
      final Condition condition = new Condition(1, 1, definition, T);

      assertThat(Streams.read(connection, condition, "average", T, T + 10))
          .extracting(Streams.Stream::name)
          .containsExactly("s1", "s2", "s3");
      assertThat(Streams.read(connection, condition, "average", T, T + 10, 5))
          .extracting(Streams.Stream::name)
          .containsExactly("s1", "s2");
    }
  }
}
