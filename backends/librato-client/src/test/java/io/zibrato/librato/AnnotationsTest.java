package io.zibrato.librato;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AnnotationsTest {
  private static final String EVENT =
      "{\"id\":45,\"title\":\"Deployed v91\",\"description\":null,\"start_time\":1234567890,"
          + "\"end_time\":null,\"source\":null,\"links\":[{\"label\":\"Github commit\","
          + "\"rel\":\"github\",\"href\":\"http://github.com/a\"}]}";
  private static final Annotation READ =
      new Annotation(
          45,
          "Deployed v91",
          null,
          null,
          List.of(new Link("github", "http://github.com/a", "Github commit")),
          1234567890L,
          null);

  private final StubApi api = new StubApi();
  private final LibratoClient client = api.client();
  private final Annotations annotations = client.annotations();

  @AfterEach
  void close() {
    client.close();
    api.close();
  }

  @Test
  void listAllStreams_readsThem() {
    api.answer(
        200,
        "{\"query\":{\"found\":1,\"length\":1,\"offset\":0,\"total\":1},\"annotations\":"
            + "[{\"name\":\"api-deploys\",\"display_name\":\"Deploys\"}]}");

    assertThat(annotations.listAllStreams(ListQuery.named("api")))
        .containsExactly(new AnnotationStream("api-deploys", "Deploys", Map.of(), null));
    assertThat(api.texts()).containsExactly("GET /v1/annotations?name=api&offset=0&length=100");
  }

  @Test
  void getStream_withEvents() throws Exception {
    api.answer(
        200,
        "{\"name\":\"deploys\",\"display_name\":null,\"events\":[{\"unassigned\":["
            + EVENT
            + "]}],\"query\":{\"next_time\":1234550000}}");

    AnnotationStream stream =
        annotations.getStream(
            "deploys", Query.since(1234500000).endTime(1234600000).sources("db1"));

    assertThat(api.texts())
        .containsExactly(
            "GET /v1/annotations/deploys?start_time=1234500000&end_time=1234600000"
                + "&sources%5B%5D=db1");
    assertThat(stream.events()).isEqualTo(Map.of("unassigned", List.of(READ)));
    assertThat(stream.nextTime()).isEqualTo(1234550000);
  }

  @Test
  void getStream_alone() throws Exception {
    api.answer(
        200, "{\"name\":\"deploys\",\"display_name\":\"D\",\"events\":{\"a\":[" + EVENT + "]}}");

    assertThat(annotations.getStream("deploys").events()).containsOnlyKeys("a");
    assertThat(api.texts()).containsExactly("GET /v1/annotations/deploys");
  }

  @Test
  void updateAndDeleteStream() throws Exception {
    api.answer(204, "").answer(204, "");
    annotations.updateStream("deploys", "Deploys to API");
    annotations.deleteStream("deploys");

    assertThat(api.texts())
        .containsExactly(
            "PUT /v1/annotations/deploys {\"display_name\":\"Deploys to API\"}",
            "DELETE /v1/annotations/deploys");
  }

  @Test
  void post_sendsAllOfIt() throws Exception {
    api.answer(201, EVENT);

    Annotation posted =
        annotations.post(
            "app-deploys",
            AnnotationEvent.titled("v56")
                .source("foo3.bar.com")
                .description("fixed a typo")
                .startTime(5)
                .endTime(9)
                .link(new Link("github", "https://g", "Gem"))
                .link(new Link("ci", "https://c")));

    assertThat(posted).isEqualTo(READ);
    assertThat(api.texts())
        .containsExactly(
            "POST /v1/annotations/app-deploys {\"title\":\"v56\",\"source\":\"foo3.bar.com\","
                + "\"description\":\"fixed a typo\",\"start_time\":5,\"end_time\":9,\"links\":["
                + "{\"label\":\"Gem\",\"rel\":\"github\",\"href\":\"https://g\"},"
                + "{\"rel\":\"ci\",\"href\":\"https://c\"}]}");
  }

  @Test
  void getUpdateAndLinkAnEvent() throws Exception {
    api.answer(200, EVENT).answer(204, "").answer(201, "{\"rel\":\"r\",\"href\":\"h\"}");

    assertThat(annotations.get("deploys", 45)).isEqualTo(READ);
    annotations.update("deploys", 45, AnnotationEvent.of().endTime(9));
    assertThat(annotations.addLink("deploys", 45, new Link("r", "h")))
        .isEqualTo(new Link("r", "h"));
    annotations.removeLink("deploys", 45, "r");
    annotations.delete("deploys", 45);

    assertThat(api.texts())
        .containsExactly(
            "GET /v1/annotations/deploys/45",
            "PUT /v1/annotations/deploys/45 {\"end_time\":9}",
            "POST /v1/annotations/deploys/45/links {\"rel\":\"r\",\"href\":\"h\"}",
            "DELETE /v1/annotations/deploys/45/links/r",
            "DELETE /v1/annotations/deploys/45");
  }
}
