package io.zibrato.librato;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SpacesTest {
  private static final String CHART =
      "{\"id\":915,\"name\":\"CPU\",\"type\":\"line\",\"streams\":[{\"id\":27,\"metric\":\"cpu\","
          + "\"type\":\"gauge\",\"tags\":[{\"name\":\"env\",\"values\":[\"*\"]}]}],"
          + "\"thresholds\":null,\"min\":0}";

  private final StubApi api = new StubApi();
  private final LibratoClient client = api.client();
  private final Spaces spaces = client.spaces();
  private final Charts charts = spaces.charts(129);

  @AfterEach
  void close() {
    client.close();
    api.close();
  }

  @Test
  void find_takesTheVeryNameAndItsCharts() throws Exception {
    api.answer(
        200,
        "{\"query\":{\"found\":2},\"spaces\":[{\"id\":4,\"name\":\"CPUs old\"},"
            + "{\"id\":129,\"name\":\"CPUs\"}]}");
    api.answer(
        200, "{\"name\":\"CPUs\",\"id\":129,\"tags\":true,\"charts\":[{\"id\":915},{\"id\":7}]}");

    assertThat(spaces.find("cpus")).contains(new Space(129, "CPUs", true, List.of(915L, 7L)));
    assertThat(api.texts())
        .containsExactly("GET /v1/spaces?name=cpus&offset=0&length=100", "GET /v1/spaces/129");
  }

  @Test
  void createRenameAndDelete() throws Exception {
    api.answer(201, "{\"id\":129,\"name\":\"CPUs\"}").answer(201, "{\"id\":130,\"name\":\"T\"}");
    api.answer(204, "").answer(204, "");

    assertThat(spaces.create("CPUs")).isEqualTo(new Space(129, "CPUs", null, List.of()));
    assertThat(spaces.create("T", true).id()).isEqualTo(130);
    spaces.rename(129, "MEMORY");
    spaces.delete(129);

    assertThat(api.texts())
        .containsExactly(
            "POST /v1/spaces {\"name\":\"CPUs\"}",
            "POST /v1/spaces {\"name\":\"T\",\"tags\":true}",
            "PUT /v1/spaces/129 {\"name\":\"MEMORY\"}",
            "DELETE /v1/spaces/129");
  }

  @Test
  void charts_listGetAndFind() throws Exception {
    api.answer(200, "[" + CHART + "]").answer(200, CHART).answer(200, "[" + CHART + "]");
    api.answer(200, CHART).answer(200, "[]");

    Chart chart = charts.list().get(0);
    assertThat(chart.id()).isEqualTo(915);
    assertThat(chart.options()).containsEntry("min", 0L).containsEntry("thresholds", null);
    assertThat(chart.streams())
        .containsExactly(
            new ChartStream(
                27L,
                "cpu",
                null,
                List.of(TagFilter.of("env", "*")),
                null,
                Map.of("type", "gauge")));
    assertThat(charts.get(915)).isEqualTo(chart);
    assertThat(charts.find("cpu")).contains(chart);
    assertThat(charts.find("other")).isEmpty();
    assertThat(api.texts())
        .containsExactly(
            "GET /v1/spaces/129/charts",
            "GET /v1/spaces/129/charts/915",
            "GET /v1/spaces/129/charts",
            "GET /v1/spaces/129/charts/915",
            "GET /v1/spaces/129/charts");
  }

  @Test
  void charts_createOfEachKind() throws Exception {
    api.answer(201, CHART).answer(201, CHART).answer(201, CHART);

    charts.create(
        Chart.line(
                "CPU",
                ChartStream.tagged("cpu", TagFilter.of("env", "*")),
                ChartStream.metric("idle", "web-*").groupFunction("breakout").with("min", 0))
            .with("label", "percent"));
    charts.create(Chart.stacked("All", ChartStream.composite("sum(s(\"a\",\"*\"))")));
    charts.create(Chart.bigNumber("Now", ChartStream.metric("a").summaryFunction("max")));

    assertThat(api.texts())
        .containsExactly(
            "POST /v1/spaces/129/charts {\"type\":\"line\",\"name\":\"CPU\",\"streams\":["
                + "{\"metric\":\"cpu\",\"tags\":[{\"name\":\"env\",\"values\":[\"*\"]}]},"
                + "{\"metric\":\"idle\",\"source\":\"web-*\",\"group_function\":\"breakout\","
                + "\"min\":0}],\"label\":\"percent\"}",
            "POST /v1/spaces/129/charts {\"type\":\"stacked\",\"name\":\"All\",\"streams\":["
                + "{\"composite\":\"sum(s(\\\"a\\\",\\\"*\\\"))\"}]}",
            "POST /v1/spaces/129/charts {\"type\":\"bignumber\",\"name\":\"Now\",\"streams\":["
                + "{\"metric\":\"a\",\"source\":\"*\",\"summary_function\":\"max\"}],"
                + "\"use_last_value\":true}");
  }

  @Test
  void charts_saveKeepsWhatWasRead() throws Exception {
    api.answer(200, CHART).answer(200, CHART).answer(204, "");

    charts.save(charts.get(915).name("Temperature").stream(ChartStream.metric("t")));
    charts.delete(915);

    assertThat(api.texts().subList(1, 3))
        .containsExactly(
            "PUT /v1/spaces/129/charts/915 {\"type\":\"line\",\"name\":\"Temperature\","
                + "\"streams\":[{\"id\":27,\"metric\":\"cpu\",\"tags\":[{\"name\":\"env\","
                + "\"values\":[\"*\"]}],\"type\":\"gauge\"},{\"metric\":\"t\",\"source\":\"*\"}],"
                + "\"thresholds\":null,\"min\":0}",
            "DELETE /v1/spaces/129/charts/915");
  }
}
