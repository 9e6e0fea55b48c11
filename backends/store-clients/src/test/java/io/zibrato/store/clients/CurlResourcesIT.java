package io.zibrato.store.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import org.junit.jupiter.api.Test;

/** {@code curl}, as the documentation has it for annotations, services, alerts and spaces. */
class CurlResourcesIT extends CurlCase {
  private static final String AS_ME = "curl -u $LIBRATO_USERNAME:$LIBRATO_TOKEN ";
  private static final String AS_JSON = "-H 'Content-Type: application/json' ";

  private static JsonElement json(String text) {
    return JsonParser.parseString(text);
  }

  private Curl.Answer curl(int status, String arguments) throws Exception {
    Curl.Answer answer = curl.run(AS_ME + arguments);
    assertThat(answer.status()).as(arguments + ": " + answer).isEqualTo(status);
    if (status == 204) assertThat(answer.body()).isEmpty();
    return answer;
  }

  @Test
  void annotations() throws Exception {
    Curl.Answer first =
        curl(
            201,
            """
            -d 'title=Deployed v56&source=foo3.bar.com&description=v56 - Fixed typo in page titles' \\
              -X POST \\
              'https://metrics-api.librato.com/v1/annotations/app-deploys'
            """);
    Curl.Answer linked =
        curl(
            201,
            """
            -d 'title=My Annotation&description=Joe deployed v29 to metrics&start_time=1234567890' \\
              -d 'links[0][label]=Metrics Gem' \\
              -d 'links[0][href]=https://github.com/librato/librato-metrics' \\
              -d 'links[0][rel]=github' \\
              -X POST \\
              'https://metrics-api.librato.com/v1/annotations/api-deploys'
            """);

    assertThat(first.json().get("title").getAsString()).isEqualTo("Deployed v56");
    assertThat(first.json().get("id").getAsLong()).isEqualTo(first.id());
    assertThat(linked.json())
        .isEqualTo(
            json(
                """
                {"id": %d, "title": "My Annotation",
                 "description": "Joe deployed v29 to metrics",
                 "source": null, "start_time": 1234567890, "end_time": null,
                 "links": [{"label": "Metrics Gem", "rel": "github",
                            "href": "https://github.com/librato/librato-metrics"}]}
                """
                    .formatted(linked.id())));
    JsonObject streams =
        curl(200, "-X GET 'https://metrics-api.librato.com/v1/annotations'").json();
    assertThat(streams.getAsJsonObject("query"))
        .isEqualTo(json("{\"found\":2,\"length\":2,\"offset\":0,\"total\":2}"));
    assertThat(streams.getAsJsonArray("annotations").get(0).getAsJsonObject().get("name"))
        .isEqualTo(json("\"api-deploys\""));
    assertThat(
            curl(200, "-X GET 'https://metrics-api.librato.com/v1/annotations?name=api'")
                .json()
                .getAsJsonArray("annotations"))
        .hasSize(1);

    curl(
        204,
        "-d 'display_name=Deploys to API' -X PUT"
            + " 'https://metrics-api.librato.com/v1/annotations/api-deploys'");
    curl(
        201,
        "-d 'title=Chef run&source=db1.acme&start_time=1234567908&end_time=1234567958' -X POST"
            + " 'https://metrics-api.librato.com/v1/annotations/api-deploys'");
    JsonObject stream =
        curl(
                200,
                "-X GET 'https://metrics-api.librato.com/v1/annotations/api-deploys"
                    + "?start_time=1234500000&end_time=1234600000'")
            .json();
    assertThat(stream.get("display_name").getAsString()).isEqualTo("Deploys to API");
    JsonObject events = stream.getAsJsonArray("events").get(0).getAsJsonObject();
    assertThat(events.keySet()).containsExactlyInAnyOrder("unassigned", "db1.acme");
    assertThat(events.getAsJsonArray("unassigned").get(0)).isEqualTo(linked.json());
    JsonObject bySource =
        curl(
                200,
                "-X GET 'https://metrics-api.librato.com/v1/annotations/api-deploys"
                    + "?start_time=1234500000&end_time=1234600000"
                    + "&sources%5B%5D=db1.acme&sources%5B%5D=db2.acme'")
            .json();
    assertThat(bySource.getAsJsonArray("events").get(0).getAsJsonObject().keySet())
        .containsExactly("db1.acme");

    String event = "'https://metrics-api.librato.com/v1/annotations/api-deploys/" + linked.id();
    curl(204, "-d 'description=Deployed git SHA 601060a68ff2e' -X PUT " + event + "'");
    Curl.Answer link =
        curl(
            201,
            "-d 'rel=ci&label=CI build&href=http://ci.acme.com/job/api/34' -X POST "
                + event
                + "/links'");
    assertThat(link.json())
        .isEqualTo(
            json(
                "{\"rel\":\"ci\",\"label\":\"CI build\",\"href\":\"http://ci.acme.com/job/api/34\"}"));
    assertThat(link.head())
        .containsIgnoringCase(
            "Location: /v1/annotations/api-deploys/" + linked.id() + "/links/ci\r\n");
    curl(204, "-X DELETE " + event + "/links/github'");
    JsonObject changed = curl(200, "-X GET " + event + "'").json();
    assertThat(changed.get("description").getAsString())
        .isEqualTo("Deployed git SHA 601060a68ff2e");
    assertThat(changed.get("title").getAsString()).isEqualTo("My Annotation");
    assertThat(changed.getAsJsonArray("links")).containsExactly(link.json());

    curl(204, "-X DELETE " + event + "'");
    curl(404, "-X GET " + event + "'");
    curl(204, "-X DELETE 'https://metrics-api.librato.com/v1/annotations/api-deploys'");
    curl(404, "-X GET 'https://metrics-api.librato.com/v1/annotations/api-deploys'");
  }

  private long service() throws Exception {
    return curl(
            201,
            """
            -d 'title=Notify Ops Room&type=campfire&settings%5Btoken%5D=1234567890ABCDEF&settings%5Broom%5D=Ops&settings%5Bsubdomain%5D=acme' \\
              -X POST \\
              'https://metrics-api.librato.com/v1/services'
            """)
        .id();
  }

  @Test
  void services() throws Exception {
    long id = service();

    String service = "'https://metrics-api.librato.com/v1/services/" + id + "'";
    JsonObject made = curl(200, "-X GET " + service).json();
    assertThat(made.get("id").getAsLong()).isEqualTo(id);
    assertThat(made.get("type").getAsString()).isEqualTo("campfire");
    assertThat(made.get("title").getAsString()).isEqualTo("Notify Ops Room");
    assertThat(made.getAsJsonObject("settings"))
        .isEqualTo(
            json("{\"room\":\"Ops\",\"token\":\"1234567890ABCDEF\",\"subdomain\":\"acme\"}"));
    curl(204, "-d 'title=Notify Ops Chatroom' -X PUT " + service);
    JsonObject listed = curl(200, "-X GET 'https://metrics-api.librato.com/v1/services'").json();
    assertThat(listed.getAsJsonObject("query").get("found").getAsInt()).isEqualTo(1);
    assertThat(
            listed.getAsJsonArray("services").get(0).getAsJsonObject().get("title").getAsString())
        .isEqualTo("Notify Ops Chatroom");
    curl(204, "-X DELETE " + service);
    curl(404, "-X GET " + service);
  }

  @Test
  void alerts() throws Exception {
    long service = service();
    Curl.Answer created =
        curl(
            201,
            AS_JSON
                + """
                -X POST -d '{
                   "name":"production.web.frontend.response_time",
                   "description":"Web Response Time",
                   "conditions":[
                      {
                         "type":"above",
                         "metric_name":"web.nginx.response_time",
                         "threshold":200,
                         "summary_function":"max",
                         "tags":[
                            {"name":"tag_name", "grouped":false, "values":["tag_value"]}
                         ]
                      }
                   ],
                   "services":[%d],
                   "attributes": {"runbook_url": "http://myco.com/runbooks/response_time"},
                   "active":true,
                   "md":true
                }' \\
                "https://metrics-api.librato.com/v1/alerts"
                """
                    .formatted(service));

    JsonObject alert = created.json();
    assertThat(alert.get("id").getAsLong()).isEqualTo(created.id());
    JsonObject condition = alert.getAsJsonArray("conditions").get(0).getAsJsonObject();
    assertThat(condition.get("threshold").getAsDouble()).isEqualTo(200);
    assertThat(condition.getAsJsonArray("tags"))
        .isEqualTo(json("[{\"name\":\"tag_name\",\"grouped\":false,\"values\":[\"tag_value\"]}]"));
    assertThat(alert.getAsJsonArray("services").get(0).getAsJsonObject().get("title").getAsString())
        .isEqualTo("Notify Ops Room");
    assertThat(alert.get("rearm_seconds").getAsInt()).isEqualTo(600);
    assertThat(alert.get("version").getAsInt()).isEqualTo(2);
    assertThat(alert.getAsJsonObject("attributes"))
        .isEqualTo(json("{\"runbook_url\":\"http://myco.com/runbooks/response_time\"}"));

    String path = "https://metrics-api.librato.com/v1/alerts/" + created.id();
    assertThat(curl(200, "-X GET '" + path + "'").json()).isEqualTo(alert);
    assertThat(
            curl(200, "-X GET 'https://metrics-api.librato.com/v1/alerts?name=production'")
                .json()
                .getAsJsonArray("alerts"))
        .containsExactly(alert);
    assertThat(
            curl(200, "-X GET 'https://metrics-api.librato.com/v1/alerts?name=none'")
                .json()
                .getAsJsonArray("alerts"))
        .isEmpty();
    JsonObject status = curl(200, "-X GET '" + path + "/status'").json();
    assertThat(status.get("alert")).isEqualTo(json("{\"id\":%d}".formatted(created.id())));
    assertThat(status.get("status").getAsString()).isEqualTo("ok");
    assertThat(curl(200, "-X GET 'https://metrics-api.librato.com/v1/alerts/status'").json())
        .isEqualTo(json("{\"cleared\":[],\"firing\":[]}"));

    curl(
        204,
        AS_JSON
            + "-X PUT -d '{\"id\":%d,\"name\":\"my.alert.name\",\"description\":\"High CPU Load\",\"conditions\":[{\"type\":\"above\",\"metric_name\":\"cpu\",\"threshold\":90,\"summary_function\":\"average\"}],\"active\":false}' '%s'"
                .formatted(created.id(), path));
    JsonObject changed = curl(200, "-X GET '" + path + "'").json();
    assertThat(changed.get("active").getAsBoolean()).isFalse();
    assertThat(changed.get("name").getAsString()).isEqualTo("my.alert.name");
    assertThat(changed.getAsJsonArray("conditions")).hasSize(1);

    long other = service();
    curl(201, "-d 'service=" + other + "' -X POST '" + path + "/services'");
    curl(204, "-X DELETE '" + path + "/services/" + service + "'");
    assertThat(
            curl(200, "-X GET '" + path + "'")
                .json()
                .getAsJsonArray("services")
                .get(0)
                .getAsJsonObject()
                .get("id")
                .getAsLong())
        .isEqualTo(other);
    curl(204, "-X POST '" + path + "/clear'");
    curl(204, "-X DELETE '" + path + "'");
    curl(404, "-X GET '" + path + "'");
  }

  @Test
  void spacesAndCharts() throws Exception {
    Curl.Answer space =
        curl(
            201,
            "-d 'name=CPUs' -d 'tags=true' -X POST 'https://metrics-api.librato.com/v1/spaces'");
    assertThat(space.json().get("id").getAsLong()).isEqualTo(space.id());
    assertThat(space.json().get("name").getAsString()).isEqualTo("CPUs");
    String path = "https://metrics-api.librato.com/v1/spaces/" + space.id();

    Curl.Answer line =
        curl(
            201,
            AS_JSON
                + """
                -d '{
                  "type": "line",
                  "name": "CPU Usage",
                  "streams": [
                    {
                      "metric": "librato.cpu.percent.idle",
                      "tags": [{"name": "environment", "values": ["*"]}]
                    },
                    {
                      "metric": "librato.cpu.percent.user",
                      "tags": [{"name": "environment", "values": ["prod"]}]
                    }
                  ]
                }' \\
                -X POST \\
                '%s/charts'
                """
                    .formatted(path));
    Curl.Answer number =
        curl(
            201,
            AS_JSON
                + """
                -d '{
                  "type": "bignumber",
                  "name": "CPU now",
                  "streams": [
                    {
                      "metric": "librato.cpu.percent.user",
                      "tags": [{"name": "environment", "values": ["prod"]}]
                    }
                  ],
                  "thresholds":[{"operator":">", "value":90, "type":"red"}]
                }' \\
                -X POST '%s/charts'
                """
                    .formatted(path));

    assertThat(line.json().getAsJsonArray("streams")).hasSize(2);
    JsonObject stream = line.json().getAsJsonArray("streams").get(1).getAsJsonObject();
    assertThat(stream.get("metric").getAsString()).isEqualTo("librato.cpu.percent.user");
    assertThat(stream.getAsJsonArray("tags").get(0).getAsJsonObject().getAsJsonArray("values"))
        .isEqualTo(json("[\"prod\"]"));
    assertThat(number.json().getAsJsonArray("thresholds"))
        .isEqualTo(json("[{\"operator\":\">\",\"value\":90,\"type\":\"red\"}]"));
    long chart = line.json().get("id").getAsLong();
    assertThat(curl(200, "-X GET '" + path + "/charts'").array())
        .containsExactly(line.json(), number.json());
    assertThat(curl(200, "-X GET '" + path + "/charts/" + chart + "'").json())
        .isEqualTo(line.json());

    Curl.Answer renamed =
        curl.run(
            AS_ME
                + AS_JSON
                + "-d '{\"type\": \"line\", \"name\": \"Temperature\"}' -X PUT '"
                + path
                + "/charts/"
                + chart
                + "'");
    assertThat(renamed.status()).as(renamed.toString()).isEqualTo(200);
    assertThat(renamed.json().get("name").getAsString()).isEqualTo("Temperature");
    assertThat(renamed.json().getAsJsonArray("streams")).hasSize(2);
    curl(
        200,
        AS_JSON
            + """
            -d '{
              "type": "line",
              "streams": [{"composite": "sum(s(\\"librato.cpu.percent.idle\\",\\"*\\"))"}]
            }' -X PUT '%s/charts/%d'
            """
                .formatted(path, chart));
    JsonObject composed = curl(200, "-X GET '" + path + "/charts/" + chart + "'").json();
    assertThat(composed.get("name").getAsString()).isEqualTo("Temperature");
    assertThat(
            composed
                .getAsJsonArray("streams")
                .get(0)
                .getAsJsonObject()
                .get("composite")
                .getAsString())
        .isEqualTo("sum(s(\"librato.cpu.percent.idle\",\"*\"))");

    curl(204, "-d 'name=MEMORY' -X PUT '" + path + "'");
    JsonObject shown = curl(200, "-X GET '" + path + "'").json();
    assertThat(shown.get("name").getAsString()).isEqualTo("MEMORY");
    assertThat(shown.getAsJsonArray("charts")).hasSize(2);
    assertThat(
            curl(200, "-X GET 'https://metrics-api.librato.com/v1/spaces?name=mem'")
                .json()
                .getAsJsonArray("spaces"))
        .hasSize(1);
    curl(204, "-X DELETE '" + path + "/charts/" + chart + "'");
    curl(404, "-X GET '" + path + "/charts/" + chart + "'");
    curl(204, "-X DELETE '" + path + "'");
    curl(404, "-X GET '" + path + "'");
  }
}
