package io.zibrato.store.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.zibrato.librato.Annotation;
import io.zibrato.librato.AnnotationEvent;
import io.zibrato.librato.AnnotationStream;
import io.zibrato.librato.Annotations;
import io.zibrato.librato.BadRequestException;
import io.zibrato.librato.Link;
import io.zibrato.librato.ListQuery;
import io.zibrato.librato.NotFoundException;
import io.zibrato.librato.Page;
import io.zibrato.librato.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Our client's annotations. */
class ClientAnnotationsIT extends ClientSuite {
  private Annotations annotations;

  @BeforeEach
  void annotations() {
    annotations = client.annotations();
  }

  @Test
  void event_isPostedReadChangedAndDeleted() throws Exception {
    Link ci = new Link("ci", "https://ci.example.com/56", "Build 56");
    Annotation posted =
        annotations.post(
            "deploys",
            AnnotationEvent.titled("v56")
                .source("web-1")
                .description("typo in page titles")
                .startTime(TIME)
                .endTime(TIME + 30)
                .link(ci));

    assertThat(posted)
        .isEqualTo(
            new Annotation(
                posted.id(), "v56", "web-1", "typo in page titles", List.of(ci), TIME, TIME + 30));
    assertThat(annotations.get("deploys", posted.id())).isEqualTo(posted);

    annotations.update(
        "deploys", posted.id(), AnnotationEvent.of().title("v56a").endTime(TIME + 60));
    Annotation changed = annotations.get("deploys", posted.id());
    assertThat(changed.title()).isEqualTo("v56a");
    assertThat(changed.endTime()).isEqualTo(TIME + 60);
    assertThat(changed.description()).isEqualTo("typo in page titles");
    assertThat(changed.links()).containsExactly(ci);

    Link scm = new Link("scm", "https://git.example.com/01beaf");
    assertThat(annotations.addLink("deploys", posted.id(), scm)).isEqualTo(scm);
    assertThat(annotations.get("deploys", posted.id()).links()).containsExactly(ci, scm);
    annotations.removeLink("deploys", posted.id(), "ci");
    assertThat(annotations.get("deploys", posted.id()).links()).containsExactly(scm);

    annotations.delete("deploys", posted.id());
    assertThatThrownBy(() -> annotations.get("deploys", posted.id()))
        .isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> annotations.delete("deploys", posted.id()))
        .isInstanceOf(NotFoundException.class);
  }

  @Test
  void event_withoutTimesBeginsNow() throws Exception {
    long before = System.currentTimeMillis() / 1000;
    Annotation posted = annotations.post("deploys", AnnotationEvent.titled("v57"));

    assertThat(posted.startTime()).isBetween(before, System.currentTimeMillis() / 1000);
    assertThat(posted.endTime()).isNull();
    assertThat(posted.source()).isNull();
    assertThat(posted.description()).isNull();
    assertThat(posted.links()).isEmpty();
    assertThatThrownBy(() -> annotations.post("deploys", AnnotationEvent.of().source("x")))
        .isInstanceOf(BadRequestException.class)
        .hasMessageContaining("title");
    assertThatThrownBy(
            () ->
                annotations.post(
                    "deploys", AnnotationEvent.titled("x").startTime(TIME).endTime(TIME - 1)))
        .isInstanceOf(BadRequestException.class)
        .hasMessageContaining("end_time");
  }

  @Test
  void stream_tellsEventsBySourceAndTime() throws Exception {
    for (int i = 0; i < 5; i++) {
      annotations.post(
          "deploys",
          AnnotationEvent.titled("v" + i).startTime(TIME + 10 * i).source("web-" + i % 2));
    }
    annotations.post("deploys", AnnotationEvent.titled("all").startTime(TIME + 15));

    AnnotationStream all = annotations.getStream("deploys", Query.since(TIME));
    assertThat(all.name()).isEqualTo("deploys");
    assertThat(all.events()).containsOnlyKeys("web-0", "web-1", "unassigned");
    assertThat(all.events().get("web-0"))
        .extracting(Annotation::title, Annotation::startTime)
        .containsExactly(tuple("v0", TIME), tuple("v2", TIME + 20), tuple("v4", TIME + 40));
    AnnotationStream some =
        annotations.getStream(
            "deploys", Query.since(TIME + 10).endTime(TIME + 30).sources("web-*"));
    assertThat(some.events()).containsOnlyKeys("web-0", "web-1");
    assertThat(some.events().get("web-1"))
        .extracting(Annotation::title)
        .containsExactly("v1", "v3");
    assertThat(annotations.getStream("deploys").events()).isEmpty();
  }

  @Test
  void streams_areListedRenamedAndDeleted() throws Exception {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      names.add("s%03d".formatted(i));
      annotations.post(names.get(i), AnnotationEvent.titled("x").startTime(TIME));
    }

    try (Stream<AnnotationStream> all = annotations.listAllStreams(ListQuery.all())) {
      assertThat(all.map(AnnotationStream::name)).containsExactlyElementsOf(names);
    }
    Page<AnnotationStream> page =
        annotations.listStreams(ListQuery.named("s11").offset(1).length(2));
    assertThat(page.items()).extracting(AnnotationStream::name).containsExactly("s111", "s112");
    assertThat(page.found()).isEqualTo(10);
    assertThat(page.total()).isEqualTo(120);

    annotations.updateStream("s000", "The first");
    assertThat(annotations.getStream("s000").displayName()).isEqualTo("The first");
    annotations.deleteStream("s000");
    assertThatThrownBy(() -> annotations.getStream("s000")).isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> annotations.updateStream("s000", "x"))
        .isInstanceOf(NotFoundException.class);
  }
}
