package io.zibrato.librato;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AlertsTest {
  private static final String ALERT =
      "{\"id\":123,\"name\":\"web.slow\",\"description\":\"Slow\",\"conditions\":[{\"id\":19,"
          + "\"type\":\"above\",\"metric_name\":\"delay\",\"source\":null,\"threshold\":200.0,"
          + "\"summary_function\":\"max\",\"duration\":300,\"tags\":[{\"name\":\"env\","
          + "\"grouped\":false,\"values\":[\"prod\"]}]}],\"services\":[{\"id\":17584,"
          + "\"type\":\"slack\",\"settings\":{\"url\":\"https://h\"},\"title\":\"Chat\"}],"
          + "\"attributes\":{\"runbook_url\":\"http://r\"},\"active\":true,\"created_at\":1,"
          + "\"updated_at\":2,\"version\":2,\"rearm_seconds\":600,\"rearm_per_signal\":false}";
  private static final Alert READ =
      new Alert(
          123L,
          "web.slow",
          "Slow",
          List.of(
              new Condition(
                  19L,
                  "above",
                  "delay",
                  null,
                  200.0,
                  "max",
                  300L,
                  List.of(new TagFilter("env", false, List.of("prod"))),
                  null)),
          List.of(new Service(17584L, "slack", "Chat", Map.of("url", "https://h"))),
          Map.of("runbook_url", "http://r"),
          true,
          600L,
          1L,
          2L);

  private final StubApi api = new StubApi();
  private final LibratoClient client = api.client();
  private final Alerts alerts = client.alerts();

  @AfterEach
  void close() {
    client.close();
    api.close();
  }

  private static String page(String alert) {
    return "{\"query\":{\"found\":1,\"offset\":0},\"alerts\":[" + alert + "]}";
  }

  @Test
  void listAndGet() throws Exception {
    api.answer(200, page(ALERT)).answer(200, ALERT);

    assertThat(alerts.list(ListQuery.all()).items()).containsExactly(READ);
    assertThat(alerts.get(123)).isEqualTo(READ);
    assertThat(api.texts()).containsExactly("GET /v1/alerts", "GET /v1/alerts/123");
  }

  @Test
  void find_takesTheVeryName() throws Exception {
    api.answer(200, page(ALERT)).answer(200, page(ALERT)).answer(200, "{\"alerts\":[]}");

    assertThat(alerts.find("WEB.slow")).contains(READ);
    assertThat(alerts.find("web")).isEmpty();
    assertThat(alerts.find("other")).isEmpty();
    assertThat(api.texts().get(0)).isEqualTo("GET /v1/alerts?name=WEB.slow&offset=0&length=100");
  }

  @Test
  void find_throwsWhatTheServiceSays() {
    api.answer(401, "");

    assertThatThrownBy(() -> alerts.find("x")).isInstanceOf(UnauthorizedException.class);
  }

  @Test
  void create_sendsConditionsAndServices() throws Exception {
    api.answer(201, ALERT);

    Alert created =
        alerts.create(
            Alert.named("web.slow")
                .description("Slow")
                .when(Condition.above("delay", 200).summaryFunction("max").durationSeconds(300))
                .when(Condition.below("hits", 1.5).source("web-*"))
                .when(Condition.absent("beat", 600).tag(TagFilter.of("env", "prod", "test")))
                .notify(849)
                .attribute("runbook_url", "http://r")
                .rearmSeconds(1200));

    assertThat(created).isEqualTo(READ);
    assertThat(api.texts())
        .containsExactly(
            "POST /v1/alerts {\"name\":\"web.slow\",\"version\":2,\"description\":\"Slow\","
                + "\"conditions\":[{\"type\":\"above\",\"metric_name\":\"delay\","
                + "\"threshold\":200.0,\"summary_function\":\"max\",\"duration\":300},"
                + "{\"type\":\"below\",\"metric_name\":\"hits\",\"source\":\"web-*\","
                + "\"threshold\":1.5,\"summary_function\":\"average\"},"
                + "{\"type\":\"absent\",\"metric_name\":\"beat\",\"duration\":600,"
                + "\"tags\":[{\"name\":\"env\",\"values\":[\"prod\",\"test\"]}]}],"
                + "\"services\":[849],\"attributes\":{\"runbook_url\":\"http://r\"},"
                + "\"active\":true,\"rearm_seconds\":1200}");
  }

  @Test
  void condition_immediate() {
    assertThat(Condition.above("a", 1).immediate()).isTrue();
    assertThat(Condition.above("a", 1).durationSeconds(60).immediate()).isFalse();
  }

  @Test
  void save_sendsTheWholeAlert() throws Exception {
    api.answer(204, "");
    alerts.save(READ.active(false));

    assertThat(api.texts())
        .containsExactly(
            "PUT /v1/alerts/123 {\"name\":\"web.slow\",\"version\":2,\"description\":\"Slow\","
                + "\"conditions\":[{\"id\":19,\"type\":\"above\",\"metric_name\":\"delay\","
                + "\"threshold\":200.0,\"summary_function\":\"max\",\"duration\":300,"
                + "\"tags\":[{\"name\":\"env\",\"grouped\":false,\"values\":[\"prod\"]}]}],"
                + "\"services\":[17584],\"attributes\":{\"runbook_url\":\"http://r\"},"
                + "\"active\":false,\"rearm_seconds\":600}");
  }

  @Test
  void save_needsAnId() {
    assertThatThrownBy(() -> alerts.save(Alert.named("x")))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("alert.id == null");
  }

  @Test
  void statusClearDeleteAndServices() throws Exception {
    api.answer(200, "{\"alert\":{\"id\":120},\"status\":\"triggered\"}");
    for (int i = 0; i < 4; i++) api.answer(204, "");

    assertThat(alerts.status(120)).isEqualTo("triggered");
    alerts.clear(120);
    alerts.addService(120, 290);
    alerts.removeService(120, 290);
    alerts.delete(120);

    assertThat(api.texts())
        .containsExactly(
            "GET /v1/alerts/120/status",
            "POST /v1/alerts/120/clear",
            "POST /v1/alerts/120/services {\"service\":290}",
            "DELETE /v1/alerts/120/services/290",
            "DELETE /v1/alerts/120");
  }
}
