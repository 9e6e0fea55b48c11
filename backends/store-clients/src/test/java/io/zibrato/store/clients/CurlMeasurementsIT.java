package io.zibrato.store.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code curl}, as the documentation has it for {@code /v1/measurements}. */
class CurlMeasurementsIT extends CurlCase {
  private Curl.Answer submit(String json) throws Exception {
    return curl.run(
        """
        curl \\
          -u $LIBRATO_USERNAME:$LIBRATO_TOKEN \\
          -H "Content-Type: application/json" \\
          -d '%s' \\
          -X POST \\
          https://metrics-api.librato.com/v1/measurements
        """
            .formatted(json));
  }

  private Curl.Answer retrieve(String pathAndQuery) throws Exception {
    Curl.Answer answer =
        curl.run(
            """
            curl \\
              -u $LIBRATO_USERNAME:$LIBRATO_TOKEN \\
              -X GET \\
              'https://metrics-api.librato.com/v1/measurements/%s'
            """
                .formatted(pathAndQuery));
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    return answer;
  }

  private static JsonElement json(String text) {
    return JsonParser.parseString(text);
  }

  @Test
  void submit_withTagsOfAll() throws Exception {
    Curl.Answer answer =
        submit(
            """
            {
              "tags": {"region": "us-west", "name": "web-prod-3"},
              "measurements": [
                {"name": "cpu", "value": 4.5},
                {"name": "memory", "value": 10.5}
              ]
            }
            """);

    assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
    assertThat(answer.json())
        .isEqualTo(
            json("{\"measurements\":{\"summary\":{\"total\":2,\"accepted\":2,\"failed\":0}}}"));
    Map<String, String> tags = Map.of("region", "us-west", "name", "web-prod-3");
    assertThat(store.byTags("cpu", "mean")).containsOnlyKeys(tags);
    assertThat(store.byTags("cpu", "mean").get(tags).values()).containsExactly(4.5);
    assertThat(store.byTags("memory", "mean").get(tags).values()).containsExactly(10.5);
  }

  @Test
  void submit_withTagsOfEach() throws Exception {
    submit(
        """
        {
          "tags": {"region": "us-west", "name": "web-prod-3"},
          "measurements": [
            {"name": "cpu", "value": 4.5, "tags": {"name": null}},
            {"name": "memory", "value": 34.5, "tags": {"az": "e", "db": "db-prod-1"}}
          ]
        }
        """);

    assertThat(store.byTags("cpu", "mean")).containsOnlyKeys(Map.of("region", "us-west"));
    assertThat(store.byTags("memory", "mean"))
        .containsOnlyKeys(
            Map.of("region", "us-west", "name", "web-prod-3", "az", "e", "db", "db-prod-1"));
  }

  @Test
  void submit_ofAFullSample() throws Exception {
    Curl.Answer answer =
        submit(
            """
            {
              "measurements": [
                {
                  "name": "cpu",
                  "time": 1421530163,
                  "period": 60,
                  "attributes": {"aggregate": false},
                  "sum": 35.0,
                  "count": 3,
                  "min": 4.5,
                  "max": 6.7,
                  "last": 2.5,
                  "stddev": 1.34,
                  "tags": {
                    "region": "us-east-1", "az": "b", "role": "kafka",
                    "environment": "prod", "instance": "3"
                  }
                }
              ]
            }
            """);

    assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
    Map<String, String> tags =
        Map.of(
            "region",
            "us-east-1",
            "az",
            "b",
            "role",
            "kafka",
            "environment",
            "prod",
            "instance",
            "3");
    for (Map.Entry<String, Double> each :
        Map.of("sum", 35.0, "count", 3.0, "min", 4.5, "max", 6.7).entrySet()) {
      assertThat(store.byTags("cpu", each.getKey()))
          .isEqualTo(Map.of(tags, Map.of(1421530163L, each.getValue())));
    }
    JsonObject metric = store.get("/v1/metrics/cpu");
    assertThat(metric.get("period").getAsInt()).isEqualTo(60);
    assertThat(metric.getAsJsonObject("attributes").get("aggregate").getAsBoolean()).isFalse();
  }

  private void submitDiskWrites(long now) throws Exception {
    Curl.Answer answer =
        submit(
            """
            {
              "time": %d,
              "measurements": [
                {"name": "DiskWriteBytes", "value": 753,
                 "tags": {"region": "us-east", "name": "prod", "host": "a"}},
                {"name": "DiskWriteBytes", "value": 25,
                 "tags": {"region": "us-east", "name": "prod", "host": "b"}},
                {"name": "DiskWriteBytes", "value": 496,
                 "tags": {"region": "us-west", "name": "prod", "host": "c"}},
                {"name": "DiskWriteBytes", "value": 1,
                 "tags": {"region": "us-west", "name": "dev", "host": "d"}},
                {"name": "DiskWriteBytes", "value": 2,
                 "tags": {"region": "eu", "name": "prod", "host": "e"}}
              ]
            }
            """
                .formatted(now));
    assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
  }

  @Test
  void retrieve_byTags() throws Exception {
    long now = System.currentTimeMillis() / 1000 - 120;
    submitDiskWrites(now);

    JsonObject found =
        retrieve(
                "DiskWriteBytes?resolution=60&duration=86400&tags%5Bregion%5D=us-*&tags%5Bname%5D=prod")
            .json();

    assertThat(found.get("resolution").getAsInt()).isEqualTo(60);
    assertThat(found.get("name").getAsString()).isEqualTo("DiskWriteBytes");
    JsonArray series = found.getAsJsonArray("series");
    assertThat(series).hasSize(3);
    long minute = now / 60 * 60;
    assertThat(series.get(2))
        .isEqualTo(
            json(
                "{\"tags\":{\"host\":\"c\",\"name\":\"prod\",\"region\":\"us-west\"},"
                    + "\"measurements\":[{\"time\":"
                    + minute
                    + ",\"value\":496.0}]}"));
  }

  @Test
  void retrieve_grouped() throws Exception {
    long now = System.currentTimeMillis() / 1000 - 120;
    submitDiskWrites(now);

    JsonObject found =
        retrieve(
                "DiskWriteBytes?resolution=60&duration=86400&tags%5Bregion%5D=us-*&tags%5Bname%5D=prod&group_by=region&group_by_function=sum")
            .json();

    long minute = now / 60 * 60;
    assertThat(found.getAsJsonArray("series"))
        .containsExactly(
            json(
                "{\"tags\":{\"region\":\"us-east\"},\"measurements\":[{\"time\":%d,\"value\":778.0}]}"
                    .formatted(minute)),
            json(
                "{\"tags\":{\"region\":\"us-west\"},\"measurements\":[{\"time\":%d,\"value\":496.0}]}"
                    .formatted(minute)));
  }

  @Test
  void retrieve_byASearch() throws Exception {
    submitDiskWrites(System.currentTimeMillis() / 1000 - 120);

    JsonObject found =
        retrieve(
                "DiskWriteBytes?resolution=60&duration=86400&tags_search=region%3Dus-east*%20and%20name%3D*prod*")
            .json();

    assertThat(found.getAsJsonArray("series")).hasSize(2);
    assertThat(found.getAsJsonArray("links")).isEmpty();
  }

  @Test
  void quickStart_ofAppOptics() throws Exception {
    Curl.Answer answer =
        curl.run(
            """
            curl \\
              -u $APPOPTICS_TOKEN: \\
              -H "Content-Type: application/json" \\
              -d '{
                "tags": {"region": "us-east-1", "az": "a"},
                "measurements": [{"name": "my.custom.metric", "value": 65}]
              }' \\
              -X POST \\
              https://api.appoptics.com/v1/measurements
            """);

    assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
    JsonObject found = retrieve("my.custom.metric?duration=300&resolution=60").json();
    assertThat(found.getAsJsonArray("series")).hasSize(1);
    assertThat(found.getAsJsonArray("series").get(0).getAsJsonObject().get("tags"))
        .isEqualTo(json("{\"az\":\"a\",\"region\":\"us-east-1\"}"));
  }

  @Test
  void submit_thatIsNotJson() throws Exception {
    Curl.Answer answer =
        curl.run(
            """
            curl -u $LIBRATO_USERNAME:$LIBRATO_TOKEN \\
              -H "Content-Type: application/json" \\
              -d '{"tags": {"region": "us-east-1" "az": "a"}, "measurements": []}' \\
              -X POST https://metrics-api.librato.com/v1/measurements
            """);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().getAsJsonObject("errors").getAsJsonArray("request")).hasSize(1);
  }
}
