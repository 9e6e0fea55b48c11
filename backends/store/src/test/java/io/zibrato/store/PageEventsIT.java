package io.zibrato.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Annotations on the chart, and beside it. */
class PageEventsIT extends PageCase {
  private void event(String stream, String json) throws Exception {
    create("/v1/annotations/" + stream, json);
  }

  @Test
  void annotations_areDrawnWithTheirTitles() throws Exception {
    gauges("a", "s", 20, 1);
    final Browser.Tab tab = see("/#metric=a");
    assertThat(pixels(tab, "--event")).isZero();
    event("deploys", "{\"title\":\"v91\",\"start_time\":%d}".formatted(now() - 300));
    event(
        "incidents",
        "{\"title\":\"slow\",\"start_time\":%d,\"end_time\":%d}"
            .formatted(now() - 200, now() - 90));

    tab.press("r");

    tab.until("document.getElementById('chart').dataset.events === 'v91 | slow'");
    assertThat(pixels(tab, "--event")).isGreaterThan(15);
    tab.click("#events-on");
    tab.until("document.getElementById('chart').dataset.events === ''");
    assertThat(pixels(tab, "--event")).isZero();
    assertThat(tab.text("location.hash")).contains("events=off");
  }

  @Test
  void annotations_outsideTheTimeAreNot() throws Exception {
    gauges("a", "s", 20, 1);
    event("deploys", "{\"title\":\"yesterday\",\"start_time\":%d}".formatted(now() - 86_400));

    final Browser.Tab tab = see("/#metric=a");

    assertThat(drawn(tab, "events")).isEmpty();
    assertThat(tab.eval("document.getElementById('events').hidden").getAsBoolean()).isTrue();
  }

  @Test
  void annotations_areListedWithAllTheySay() throws Exception {
    gauges("a", "s", 20, 1);
    event(
        "deploys",
        "{\"title\":\"<b>v91</b>\",\"source\":\"web-1\",\"description\":\"fixes it\",\"links\":["
            + "{\"rel\":\"commit\",\"href\":\"https://code.example/1\",\"label\":\"Commit\"}]}");
    put("/v1/annotations/deploys", "{\"display_name\":\"Deploys\"}");

    final Browser.Tab tab = see("/#metric=a");

    assertThat(tab.textOf("#events-found")).isEqualTo("1 annotation");
    assertThat(tab.textOf("#event-list li"))
        .contains("<b>v91</b>", "Deploys · web-1 · fixes it", "Commit");
    assertThat(tab.text("document.querySelector('#event-list a').rel"))
        .isEqualTo("noopener noreferrer");
  }

  @Test
  void links_toAnythingButTheWebAreNone() throws Exception {
    gauges("a", "s", 2, 1);
    final Browser.Tab tab = see("/#metric=a");

    assertThat(
            tab.text(
                """
                import('/page/annotations.js').then(({safeLink}) => ['javascript:alert(1)', 'data:text/html,x',
                    'file:///etc/passwd', 'nonsense', 'https://a.example/'].map(href => safeLink({href}) !== null).join())
                """))
        .isEqualTo("false,false,false,false,true");
  }

  @Test
  void titles_thatHaveNoRoomGiveWay() throws Exception {
    gauges("a", "s", 20, 1);
    for (int i = 0; i < 12; i++) {
      event(
          "deploys",
          "{\"title\":\"a rather long title of release %d\",\"start_time\":%d}"
              .formatted(i, now() - 300 - i));
    }

    final Browser.Tab tab = see("/#metric=a");

    assertThat(drawn(tab, "events").split(" \\| ")).hasSize(12);
    assertThat(
            tab.text(
                """
                import('/page/marks.js').then(({layOut}) => layOut([{start: 10}, {start: 12}, {start: 14}, {start: 190}],
                    x => x, () => 40, 0, 200, 2).map(({lane, from}) => lane + '@' + from).join())
                """))
        .isEqualTo("0@16,1@18,-1@20,0@144");
  }
}
